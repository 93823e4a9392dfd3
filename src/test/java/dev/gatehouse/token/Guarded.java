package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.exchange.TokenChecks.Verdict;
import dev.gatehouse.model.EntraJwtValidationConfig;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.testkit.TestTokens;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** A rule that asks for tokens, read as users write it, with the issuer's keys in a file. */
final class Guarded {
    private static final String GATEWAY = """
            { "name": "g", "sku": { "tier": "Standard_v2" },
              "frontendIPConfigurations": [{ "name": "fe" }], "frontendPorts": [{ "name": "p", "port": 443 }],
              "sslCertificates": [{ "name": "site" }],
              "backendAddressPools": [{ "name": "b", "backendAddresses": [{ "ipAddress": "10.0.0.1" }] }],
              "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
              "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p",
                "protocol": "Https", "sslCertificate": "site" }],
              "entraJWTValidationConfigs": [{ "name": "staff", "unAuthorizedRequestAction": "ACTION",
                "tenantId": "TENANT", "clientId": "CLIENT", "audiences": [ "api://shop" ] }],
              "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l", "backendAddressPool": "b",
                "backendHttpSettings": "s", "entraJWTValidationConfig": "staff" }] }
            """;

    private final GatewayConfiguration configuration;

    private Guarded(GatewayConfiguration configuration) {
        this.configuration = configuration;
    }

    /** A rule for a tenant; keys that Entra's issuer signs with. */
    static Guarded by(Path directory, String tenant, String keySet) throws IOException {
        return by(directory, tenant, keySet, "");
    }

    /** The same with further members of {@code tokens} in the local file. */
    static Guarded by(Path directory, String tenant, String keySet, String more) throws IOException {
        return by(directory, tenant, keySet, more, "Deny");
    }

    static Guarded by(Path directory, String tenant, String keySet, String more, String action) throws IOException {
        Files.writeString(directory.resolve("keys.json"), keySet);
        Path file = Files.writeString(
                directory.resolve("gateway.json"),
                GATEWAY.replace("TENANT", tenant)
                        .replace("CLIENT", TestTokens.CLIENT)
                        .replace("ACTION", action));
        Path local = Files.writeString(
                directory.resolve("gatehouse.local.json"),
                "{ \"certificates\": { \"*\": { \"selfSigned\": true } }," + " \"tokens\": { \"keys\": \"keys.json\" "
                        + more + " } }");
        LoadResult loaded = new ConfigurationReader().load(file, Optional.of(local));
        assertThat(loaded.configuration()).as("%s", loaded.problems()).isPresent();
        return new Guarded(loaded.configuration().orElseThrow());
    }

    GatewayConfiguration configuration() {
        return configuration;
    }

    Verdict judge(String authorization, Clock clock) {
        return BearerTokens.offline(configuration, clock).judge(request(authorization), check());
    }

    EntraJwtValidationConfig check() {
        return Objects.requireNonNull(
                configuration.gateway().requestRoutingRules().get(0).entraJwtValidationConfig());
    }

    /** A request of which only its Authorization can be asked. */
    private static RequestView request(String authorization) {
        return (RequestView) Proxy.newProxyInstance(
                RequestView.class.getClassLoader(), new Class<?>[] {RequestView.class}, (view, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("header");
                    assertThat(arguments).containsExactly("Authorization");
                    return authorization;
                });
    }
}
