package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import dev.gatehouse.upstream.UpstreamPool.Parts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** REQ-34, REQ-37, PRB-14, PRB-15: members that come, move and go. */
class UpstreamPoolTest {
    private static final AffinitySecret SECRET = AffinitySecret.random();

    private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
    private final HostAddresses names = new HostAddresses(this::lookUp, Duration.ofMillis(30));
    private BackendClient client;

    @BeforeEach
    void makeClient() throws Exception {
        BackendHttpSettings settings = settings(null);
        client = new BackendClient(settings, new BackendTls(settings, LocalSettings.DEFAULT));
    }

    @AfterEach
    void close() {
        names.close();
        client.close();
    }

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        List<String> found = zone.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw new UnknownHostException(name);
        }
        List<InetAddress> all = new ArrayList<>();
        for (String text : found) {
            all.add(InetAddress.getByName(text));
        }
        return all.toArray(InetAddress[]::new);
    }

    private static BackendHttpSettings settings(@Nullable Probe probe) {
        return new BackendHttpSettings(
                "settings",
                80,
                Protocol.HTTP,
                Duration.ofSeconds(5),
                probe,
                HostOverride.NONE,
                null,
                new CookieAffinity(true, "affinity"),
                new ConnectionDraining(true, Duration.ofSeconds(1)),
                BackendTlsRules.DEFAULT,
                false);
    }

    private static Probe probe(String path) {
        return new Probe("p", Protocol.HTTP, "p.test", path, ProbeTiming.DEFAULT, false, 0, null, ProbeMatch.DEFAULT);
    }

    private UpstreamPool pool(@Nullable UpstreamPool before, @Nullable Probe probe, String... members) {
        List<BackendAddress> addresses =
                Stream.of(members).map(host -> new BackendAddress(host, null)).toList();
        return new UpstreamPool(
                new Target.Forward(new BackendAddressPool("pool", addresses), settings(probe)),
                new Parts(
                        AddressMap.NONE,
                        client,
                        names,
                        (pool, upstream, last, cause) -> {},
                        SECRET,
                        HealthRules.DEFAULT),
                before);
    }

    private static void heal(UpstreamPool pool) {
        pool.members().forEach(member -> pool.become(member, Health.HEALTHY, "said so"));
    }

    private static List<String> texts(UpstreamPool pool) {
        return pool.members().stream().map(Upstream::toString).toList();
    }

    private static void awaitMembers(UpstreamPool pool, String... texts) {
        await().atMost(Duration.ofSeconds(5)).until(() -> texts(pool).equals(List.of(texts)));
    }

    @Test // REQ-34: every address of the name is a target
    void nameHasOneUpstreamForEachOfItsAddresses() {
        zone.put("web.example", List.of("192.0.2.1", "192.0.2.2"));
        UpstreamPool pool = pool(null, null, "web.example", "10.0.0.5");
        awaitMembers(pool, "web.example:80(192.0.2.1)", "web.example:80(192.0.2.2)", "10.0.0.5:80");
        heal(pool);
        assertThat(Stream.generate(() -> pool.select("").orElseThrow().toString())
                        .limit(3))
                .containsExactly("web.example:80(192.0.2.1)", "web.example:80(192.0.2.2)", "10.0.0.5:80");
    }

    @Test // PRB-14
    void nameWithoutAddressIsOneUnknownMemberThatSaysWhy() {
        UpstreamPool pool = pool(null, null, "nowhere.example");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> pool.members().get(0).lastProbe().isPresent());
        Upstream member = pool.members().get(0);
        assertThat(member.lastProbe().orElseThrow().errorName()).isEqualTo("HostNameNotResolved");
        assertThat(member.lastProbe().orElseThrow().log()).contains("nowhere.example");
        assertThat(member.health()).isEqualTo(Health.UNKNOWN);
        assertThat(pool.select("")).isEmpty();
    }

    @Test // PRB-14: new addresses are probed before use; no request finds the pool empty meanwhile
    void nameThatMovesIsServedWhereItWasUntilTheNewAddressAnswered() {
        zone.put("web.example", List.of("192.0.2.1"));
        UpstreamPool pool = pool(null, null, "web.example");
        awaitMembers(pool, "web.example:80(192.0.2.1)");
        heal(pool);
        zone.put("web.example", List.of("192.0.2.9"));
        awaitMembers(pool, "web.example:80(192.0.2.1)", "web.example:80(192.0.2.9)");
        assertThat(pool.select("")).contains(pool.members().get(0));
        assertThat(pool.select("")).contains(pool.members().get(0));
        pool.become(pool.members().get(1), Health.HEALTHY, "answered");
        assertThat(texts(pool)).containsExactly("web.example:80(192.0.2.9)");
        assertThat(pool.select("").orElseThrow().toString()).isEqualTo("web.example:80(192.0.2.9)");
    }

    @Test
    void addressThatLeavesTheNameGetsNoMoreTrafficAtOnceIfOthersAreThere() {
        zone.put("web.example", List.of("192.0.2.1", "192.0.2.2"));
        UpstreamPool pool = pool(null, null, "web.example");
        awaitMembers(pool, "web.example:80(192.0.2.1)", "web.example:80(192.0.2.2)");
        heal(pool);
        zone.put("web.example", List.of("192.0.2.2"));
        awaitMembers(pool, "web.example:80(192.0.2.2)");
        assertThat(pool.members().get(0).health()).isEqualTo(Health.HEALTHY);
    }

    @Test // PRB-15
    void nextPoolKeepsMembersThatAreAskedAlikeWithTheirHealthAndWork() {
        UpstreamPool before = pool(null, probe("/"), "10.0.0.1", "10.0.0.2");
        heal(before);
        Upstream first = before.members().get(0);
        first.begun();
        UpstreamPool next = pool(before, probe("/"), "10.0.0.1", "10.0.0.3");
        next.takeOver();
        assertThat(next.members().get(0)).isSameAs(first);
        assertThat(next.members().get(1).health()).isEqualTo(Health.UNKNOWN);
        assertThat(next.select("")).contains(first);
        assertThat(next.members().get(0).inFlight()).isEqualTo(1);
    }

    @Test // PRB-15
    void memberThatIsAskedInAnotherWayKeepsItsWorkAndTheCreditOfAHealthyOne() {
        UpstreamPool before = pool(null, probe("/"), "10.0.0.1");
        heal(before);
        before.members().get(0).begun();
        UpstreamPool next = pool(before, probe("/other"), "10.0.0.1");
        next.takeOver();
        assertThat(next.members().get(0)).isNotSameAs(before.members().get(0));
        assertThat(next.members().get(0).health()).isEqualTo(Health.HEALTHY);
        assertThat(next.select("")).isPresent();
        assertThat(next.members().get(0).inFlight()).isEqualTo(1);
        before.members().get(0).ended();
        assertThat(next.members().get(0).inFlight()).isZero();
    }

    @Test // PRB-15
    void memberThatFailedIsUnknownWhenItIsAskedInAnotherWay() {
        UpstreamPool before = pool(null, probe("/"), "10.0.0.1");
        before.become(before.members().get(0), Health.UNHEALTHY, "test");
        UpstreamPool next = pool(before, probe("/other"), "10.0.0.1");
        assertThat(next.members().get(0).health()).isEqualTo(Health.UNKNOWN);
    }

    @Test // REQ-37, REQ-35
    void removedMemberDrainsForItsTimeAndServesOnlyWhoIsBoundToIt() {
        UpstreamPool before = pool(null, null, "10.0.0.1", "10.0.0.2");
        heal(before);
        Upstream leaving = before.members().get(1);
        leaving.begun();
        UpstreamPool next = pool(before, null, "10.0.0.1");
        assertThat(leaving.health()).as("until the next pool serves").isEqualTo(Health.HEALTHY);
        next.takeOver();
        assertThat(leaving.health()).isEqualTo(Health.DRAINING);
        assertThat(next.draining()).containsExactly(leaving);
        assertThat(next.mayServe(leaving)).isTrue();
        assertThat(next.affinity().orElseThrow().setCookies(leaving)).isNotEmpty();
        assertThat(next.select("")).contains(next.members().get(0));
        assertThat(next.select("")).contains(next.members().get(0));
        await().atMost(Duration.ofSeconds(3)).until(() -> !next.mayServe(leaving));
        leaving.ended();
        assertThat(next.draining()).isEmpty();
    }

    @Test
    void memberThatComesBackWhileItDrainsIsProbedAnewAndKeepsItsWork() {
        UpstreamPool first = pool(null, null, "10.0.0.1");
        heal(first);
        first.members().get(0).begun();
        UpstreamPool second = pool(first, null, "10.0.0.2");
        second.takeOver();
        UpstreamPool third = pool(second, null, "10.0.0.1");
        third.takeOver();
        assertThat(third.members().get(0).health()).isEqualTo(Health.UNKNOWN);
        assertThat(third.members().get(0).inFlight()).isEqualTo(1);
        assertThat(third.draining()).isEmpty();
    }

    @Test
    void retiredPoolHearsNoMoreOfNames() {
        zone.put("web.example", List.of("192.0.2.1"));
        UpstreamPool before = pool(null, null, "web.example");
        awaitMembers(before, "web.example:80(192.0.2.1)");
        UpstreamPool next = pool(before, null, "web.example");
        assertThat(next.members().get(0)).isSameAs(before.members().get(0));
        before.retire(false);
        zone.put("web.example", List.of("192.0.2.2"));
        awaitMembers(next, "web.example:80(192.0.2.2)");
        assertThat(texts(before)).containsExactly("web.example:80(192.0.2.1)");
    }
}
