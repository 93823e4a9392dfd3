package dev.gatehouse.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.upstream.AffinitySecretException;
import dev.gatehouse.upstream.UpstreamPool;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration becomes when it runs. */
class GatewayRuntimeTest {
    private static final String GATEWAY = """
            { "name": "g",
              "frontendIPConfigurations": [ { "name": "fe" } ], "frontendPorts": [ { "name": "p80", "port": 80 } ],
              "backendAddressPools": [ { "name": "one", "backendAddresses": [ { "ipAddress": "127.0.0.1" } ] },
                { "name": "two", "backendAddresses": [ { "ipAddress": "127.0.0.2" } ] } ],
              "backendHttpSettingsCollection": [ { "name": "s", "port": 80 } ],
              "loadDistributionPolicies": [ { "name": "split", "loadDistributionTargets": [
                { "backendAddressPool": "one" }, { "backendAddressPool": "two" } ] } ],
              "httpListeners": [
                { "name": "a", "frontendIPConfiguration": "fe", "frontendPort": "p80", "hostName": "a.example" },
                { "name": "b", "frontendIPConfiguration": "fe", "frontendPort": "p80", "hostName": "b.example" } ],
              "requestRoutingRules": [
                { "name": "r1", "priority": 1, "httpListener": "a", "loadDistributionPolicy": "split",
                  "backendHttpSettings": "s" },
                { "name": "r2", "priority": 2, "httpListener": "b", "backendAddressPool": "two",
                  "backendHttpSettings": "s" } ] }
            """;

    @TempDir
    private Path directory;

    @Test // REQ-36, PRB-1
    void everyPairIsOnePoolHoweverManyTargetsShareIt() throws Exception {
        try (GatewayRuntime runtime =
                GatewayRuntime.start(configuration("{}"), (pool, upstream, before, cause) -> {})) {
            Snapshot snapshot = runtime.get();
            assertThat(snapshot.pools()).extracting(UpstreamPool::toString).containsExactly("one~s", "two~s");
            assertThat(snapshot.selections()).extracting(Object::toString).containsExactly("split~s", "two~s");
            assertThat(snapshot.selections().get(1)).isSameAs(snapshot.pools().get(1));
        }
    }

    @Test // REQ-35
    void secretThatCannotBeHadStopsTheStart() throws Exception {
        GatewayConfiguration configuration = configuration("{ \"affinity\": { \"secretFile\": \"absent\" } }");
        assertThatThrownBy(() -> GatewayRuntime.start(configuration, (pool, upstream, before, cause) -> {})
                        .close())
                .isInstanceOf(AffinitySecretException.class)
                .hasMessageContaining("affinity.secretFile: cannot read " + directory.resolve("absent"));
    }

    private GatewayConfiguration configuration(String local) throws Exception {
        return new ConfigurationReader()
                .load(
                        new Source("gateway.json", GATEWAY.getBytes(UTF_8)),
                        Optional.of(new Source("local.json", local.getBytes(UTF_8))),
                        directory)
                .configuration()
                .orElseThrow();
    }
}
