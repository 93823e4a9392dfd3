package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.Target;
import dev.gatehouse.tls.BackendTls;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PRB-13: no fail-open, but a floor if the probe asks for one. */
class MinServersTest {
    @ParameterizedTest
    @CsvSource({
        // minServers, what happens to a b c (+ healthy, - unhealthy, ? unknown), who takes traffic
        "0, a+ b+ c+ a- b- c-,       ''",
        "1, a+ b+ c+,                abc",
        "1, a+ b+ c+ a- b- c-,       c",
        "1, a+ b+ c+ c- b- a-,       a",
        "2, a+ b+ c+ a- b- c-,       bc",
        "2, a+ b+ c+ b-,             ac",
        "2, a+ b+ c+ b- a-,          ac",
        "9, a+ b+ c+ a- b- c-,       abc",
        "2, a+ b+ c+ a- b- c- a- a-, bc",
        "2, a+ b+ c+ a- b- c- a+,    ac",
        "1, a- b-,                   b",
        "2, a+ b?,                   a",
        "1, '',                      ''",
        "1, a+ a?,                   ''",
    })
    void membersThatFailedMostRecentlyFillUp(int minServers, String events, String expected) throws Exception {
        UpstreamPool pool = pool(minServers);
        Stream.of(events.split(" ")).filter(event -> !event.isEmpty()).forEach(event -> {
            Upstream member = pool.members().get(event.charAt(0) - 'a');
            pool.become(member, health(event.charAt(1)), "test");
        });
        String takesTraffic = Stream.generate(() -> pool.select(""))
                .limit(12)
                .flatMap(selected -> selected.stream())
                .map(upstream -> upstream.address().host())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining());
        assertThat(takesTraffic).isEqualTo(expected);
    }

    private static Health health(char sign) {
        return switch (sign) {
            case '+' -> Health.HEALTHY;
            case '-' -> Health.UNHEALTHY;
            default -> Health.UNKNOWN;
        };
    }

    private static UpstreamPool pool(int minServers) throws Exception {
        BackendHttpSettings settings = new BackendHttpSettings(
                "settings",
                80,
                Protocol.HTTP,
                Duration.ofSeconds(5),
                new Probe(
                        "p",
                        Protocol.HTTP,
                        "p.test",
                        "/",
                        ProbeTiming.DEFAULT,
                        false,
                        minServers,
                        null,
                        ProbeMatch.DEFAULT),
                HostOverride.NONE,
                null,
                CookieAffinity.OFF,
                ConnectionDraining.DEFAULT,
                BackendTlsRules.DEFAULT,
                false);
        List<BackendAddress> members = Stream.of("a", "b", "c")
                .map(host -> new BackendAddress(host, null))
                .toList();
        return new UpstreamPool(
                new Target.Forward(new BackendAddressPool("pool", members), settings),
                AddressMap.NONE,
                new BackendClient(settings, new BackendTls(settings, LocalSettings.DEFAULT)),
                (pool, upstream, before, cause) -> {});
    }
}
