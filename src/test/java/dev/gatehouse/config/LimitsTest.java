package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.testkit.TestDay;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Azure's limits (section 8, VAL-39): one entry fewer is fine, and none of them refuses the file. */
class LimitsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            4    | { "frontendIPConfigurations": [ * ] }  | { "name": "n%d" }
            100  | { "frontendPorts": [ * ] }             | { "name": "n%d", "port": %d }
            200  | { "httpListeners": [ * ] }             | { "name": "n%d" }
            400  | { "requestRoutingRules": [ * ] }       | { "name": "n%d" }
            100  | { "backendAddressPools": [ * ] }       | { "name": "n%d" }
            1200 | { "backendAddressPools": [{ "name": "p", "backendAddresses": [ * ] }] } | { "fqdn": "n%d.example" }
            100  | { "backendHttpSettingsCollection": [ * ] } | { "name": "n%d", "port": 80 }
            100  | { "sslCertificates": [ * ] }           | { "name": "n%d" }
            200  | { "trustedClientCertificates": [ * ] } | { "name": "n%d" }
            100  | { "redirectConfigurations": [ * ] }    | { "name": "n%d" }
            400  | { "rewriteRuleSets": [ * ] }           | { "name": "n%d" }
            40   | { "rewriteRuleSets": [{ "name": "s", "rewriteRules": [ * ] }] } | { "name": "n%d" }
            40   | { "rewriteRuleSets": [{ "name": "s", "rewriteRules": [{ "name": "r", "conditions": [ * ] }] }] } | { "variable": "var_host", "pattern": "n%d" }
            100  | { "urlPathMaps": [{ "name": "m", "pathRules": [ * ] }] } | { "name": "n%d", "paths": ["/%d"] }
            5    | { "entraJWTValidationConfigs": [{ "name": "t", "audiences": [ * ] }] } | "n%d"
            """)
    void largerCollectionThanAzureTakesIsServedAndSaid(int most, String gateway, String entry) {
        assertThat(limits(gateway.replace("*", entries(entry, most)))).isZero();
        assertThat(limits(gateway.replace("*", entries(entry, most + 1)))).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v2   | sslCertificates           | 16
            v1   | sslCertificates           | 10
            v2   | trustedClientCertificates | 25
            """)
    void largerCertificateThanAzureTakesIsSaid(String tier, String collection, int mostKilobytes) {
        int most = mostKilobytes * 1024 / 3 * 4;
        String gateway = "{ \"sku\": { \"tier\": \"" + (tier.equals("v1") ? "Standard" : "Standard_v2") + "\" }, \""
                + collection + "\": [{ \"name\": \"c\", \"data\": \"*\" }], \"frontendPorts\": [] }";

        assertThat(limits(gateway.replace("*", "A".repeat(most)))).isZero();
        assertThat(limits(gateway.replace("*", "A".repeat(most + 8)))).isOne();
    }

    private static String entries(String entry, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> entry.replace("%d", Integer.toString(i)))
                .collect(Collectors.joining(","));
    }

    private static long limits(String gateway) {
        String shaped = gateway.substring(0, gateway.lastIndexOf('}')) + ", \"gatewayIPConfigurations\": [] }";
        Source source = new Source("g.json", shaped.getBytes(StandardCharsets.UTF_8));
        return TestDay.reader().load(source, Optional.empty(), Path.of("")).problems().stream()
                .filter(problem -> problem.id().equals("VAL-39"))
                .peek(problem ->
                        assertThat(problem).extracting(Problem::severity).isEqualTo(Severity.AZURE))
                .count();
    }
}
