package dev.gatehouse.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.explain.Explanation.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REQ-34 to REQ-36: explain chooses the member as traffic does, and says why. */
class MemberReasonsTest {
    private static final String GATEWAY = """
            { "name": "spread",
              "frontendIPConfigurations": [ { "name": "fe" } ], "frontendPorts": [ { "name": "p80", "port": 80 } ],
              "backendAddressPools": [
                { "name": "stable", "backendAddresses": [ { "ipAddress": "10.0.0.1" }, { "ipAddress": "10.0.0.2" } ] },
                { "name": "canary", "backendAddresses": [ { "ipAddress": "10.0.0.3" } ] } ],
              "backendHttpSettingsCollection": [ { "name": "plain", "port": 80, "dedicatedBackendConnection": true },
                { "name": "bound", "port": 80, "cookieBasedAffinity": "Enabled", "affinityCookieName": "Home" } ],
              "loadDistributionPolicies": [
                { "name": "split", "loadDistributionAlgorithm": "ALGORITHM", "loadDistributionTargets": [
                  { "backendAddressPool": "stable", "weightPerServer": 9 },
                  { "backendAddressPool": "canary", "weightPerServer": 1 } ] } ],
              "httpListeners": [
                { "name": "a", "frontendIPConfiguration": "fe", "frontendPort": "p80", "hostName": "a.example" },
                { "name": "b", "frontendIPConfiguration": "fe", "frontendPort": "p80", "hostName": "b.example" } ],
              "requestRoutingRules": [
                { "name": "r1", "priority": 1, "httpListener": "a", "loadDistributionPolicy": "split",
                  "backendHttpSettings": "plain" },
                { "name": "r2", "priority": 2, "httpListener": "b", "backendAddressPool": "stable",
                  "backendHttpSettings": "bound" } ] }
            """;
    // HMAC-SHA-256("secret", "bound\n10.0.0.2:80")
    private static final String OF_10_0_0_2 = "3dfbc13d08f34a5b280c07b9a45ddf2d";

    @TempDir
    private Path directory;

    private Path secret;

    @BeforeEach
    void writeSecret() throws Exception {
        secret = Files.writeString(directory.resolve("secret"), "secret\n");
    }

    @Test
    void policyIsToldWithItsAlgorithmAndWeights() throws Exception {
        Explanation said = explain("RoundRobin", "{}", "http://a.example/", "10.9.9.9");
        assertThat(said.pool()).isEqualTo("stable");
        assertThat(said.members())
                .extracting(Explanation.Member::configured)
                .containsExactly("10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80");
        assertThat(said.because())
                .extracting(Reason::text)
                .contains(
                        "leads to load distribution policy \"split\"",
                        "members of all its pools take turns by weight",
                        "each member of pool \"stable\" has weight 9",
                        "each member of pool \"canary\" has weight 1",
                        "each client connection has a backend connection of its own, and keeps its member with it",
                        "10.0.0.1:80 is first in turn; health is not known here",
                        "10.0.0.3:80 has a later turn");
    }

    @Test // the pool of the chosen member is the pool of the answer
    void ipHashFollowsTheClient() throws Exception {
        boolean isCanarySeen = false;
        for (int i = 0; i < 60; i++) {
            Explanation said = explain("IpHash", "{}", "http://a.example/", "10.9.9." + i);
            String chosen = said.because().stream()
                    .map(Reason::text)
                    .filter(text -> text.contains(" is where this client's address leads"))
                    .findFirst()
                    .orElseThrow();
            boolean isCanary = chosen.startsWith("10.0.0.3:80");
            assertThat(said.pool()).isEqualTo(isCanary ? "canary" : "stable");
            isCanarySeen |= isCanary;
        }
        assertThat(isCanarySeen).isTrue();
    }

    @Test
    void requestWithoutCookieIsBound() throws Exception {
        assertThat(texts("{}"))
                .contains("affinity cookie Home: the answer sets HomeCORS and Home to the member that gives it");
    }

    @Test
    void cookieIsReadWhereTheSecretIsKnown() throws Exception {
        String local = "{ \"affinity\": { \"secretFile\": \"" + secret + "\" } }";
        assertThat(texts(local, "Cookie: x=y; Home=" + OF_10_0_0_2))
                .contains(
                        "10.0.0.2:80 is named by the request's cookie; health is not known here",
                        "affinity cookie Home: its member is used also while it drains; the answer sets no cookie");
        assertThat(texts(local, "Cookie: Home=" + "0".repeat(32)))
                .contains(
                        "10.0.0.1:80 is first in turn; health is not known here",
                        "affinity cookie Home: the answer sets HomeCORS and Home to the member that gives it");
    }

    @Test
    void cookieIsInDoubtWhereTheSecretIsNotKnown() throws Exception {
        assertThat(texts("{}", "Cookie: Home=" + OF_10_0_0_2))
                .anyMatch(text -> text.contains("cannot be said (the secret is made when the gateway starts)"));
        assertThat(texts("{ \"affinity\": { \"secretFile\": \"absent\" } }", "Cookie: Home=" + OF_10_0_0_2))
                .anyMatch(text -> text.contains("cannot be said (the secret cannot be had)"));
    }

    private List<String> texts(String local, String... headers) throws Exception {
        return explain("RoundRobin", local, "http://b.example/", "10.9.9.9", headers).because().stream()
                .map(Reason::text)
                .toList();
    }

    private Explanation explain(String algorithm, String local, String url, String client, String... headers)
            throws Exception {
        LoadResult loaded = new ConfigurationReader()
                .load(
                        new Source(
                                "gateway.json",
                                GATEWAY.replace("ALGORITHM", algorithm).getBytes(UTF_8)),
                        Optional.of(new Source("local.json", local.getBytes(UTF_8))),
                        directory);
        assertThat(loaded.hasErrors()).as(loaded.problems().toString()).isFalse();
        return new Explainer(loaded.configuration().orElseThrow(), loaded.origins(), List.of())
                .explain(DescribedRequest.of("GET", url, List.of(headers), client + ":1234", Optional.empty()));
    }
}
