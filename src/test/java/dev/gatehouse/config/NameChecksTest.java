package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.document.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameChecksTest { // VAL-40; what is asked for at all is shown by the golden case unresolvable-names

    @Test
    void deadNameServerCostsOneShortWaitForAllNames() {
        CountDownLatch never = new CountDownLatch(1);
        NameResolver dead = name -> {
            if (name.equals("n7.example")) {
                return true;
            }
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };

        long start = System.nanoTime();
        List<Problem> problems = load(dead, 30);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(problems).hasSize(29).allMatch(problem -> problem.id().equals("VAL-40"));
    }

    @Test
    void eachNameIsAskedOnceAndAddressesNever() {
        Queue<String> asked = new ConcurrentLinkedQueue<>();

        List<Problem> problems = load(
                name -> {
                    asked.add(name);
                    return true;
                },
                3);

        assertThat(problems).isEmpty();
        assertThat(asked).containsExactlyInAnyOrder("n0.example", "n1.example", "n2.example");
    }

    @Test
    void withoutAResolverNobodyIsAsked() {
        assertThat(new ConfigurationReader()
                        .load(gateway(3), Optional.empty(), Path.of(""))
                        .problems())
                .isEmpty();
    }

    private static List<Problem> load(NameResolver resolver, int members) {
        return new ConfigurationReader(Surroundings.ofThisProcess().resolving(resolver))
                .load(gateway(members), Optional.empty(), Path.of(""))
                .problems();
    }

    private static Source gateway(int members) {
        String addresses = IntStream.range(0, members)
                .mapToObj(i -> "{ \"fqdn\": \"n" + i + ".example\" }")
                .collect(Collectors.joining(","));
        String text = """
                { "frontendIPConfigurations": [{ "name": "fe" }], "frontendPorts": [{ "name": "p", "port": 80 }],
                  "backendAddressPools": [{ "name": "pool", "backendAddresses": [{ "ipAddress": "10.0.0.1" }, *] }],
                  "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }, { "name": "t", "port": 81 }],
                  "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p" }],
                  "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l", "backendAddressPool": "pool",
                                            "backendHttpSettings": "s" }] }
                """.replace("*", addresses);
        return new Source("g.json", text.getBytes(StandardCharsets.UTF_8));
    }
}
