package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.Problem;
import dev.gatehouse.tls.SelfSignedCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Small texts that ask for large work: each ends in good time, with a result or with a refusal that has a place. */
class HostileLoadTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY = 10_000;
    private static final int LONG = 1_048_000;
    private static final String ALIKE = "y".repeat(LONG - 1) + "x";

    /**
     * A template and what must be said of it.
     *
     * @param name of the case
     * @param text of the file
     * @param says part of one of the problems
     */
    record Case(String name, String text, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> TEMPLATES = List.of(
            new Case(
                    "padding in a loop, beside a value that is open",
                    template("\"parameters\": { \"p\": { \"type\": \"string\" } }, "
                            + loop("[format('{0,-900000}{1}', '', parameters('p'))]")),
                    "more work than any real template"),
            new Case(
                    "padding in a loop",
                    template(loop("[format('{0,-900000}', '')]")),
                    "more work than any real template"),
            new Case("references among copies", references("zz"), "more work"),
            new Case("references to copies", references("r"), "more work"),
            new Case("twenty thousand loops among the variables", loops(), "MISSING"),
            new Case("names that nobody declares", unknownNames(), "q0"),
            new Case("startsWith", search("startsWith(variables('a'), variables('b'))"), "more work"),
            new Case("endsWith", search("endsWith(variables('a'), variables('b'))"), "more work"),
            new Case("contains", search("contains(variables('a'), variables('b'))"), "more work"),
            new Case("indexOf", search("equals(1, indexOf(variables('a'), variables('b')))"), "more work"),
            new Case("lastIndexOf", search("equals(1, lastIndexOf(variables('a'), 'yyyyx'))"), "more work"),
            new Case("equals", search("equals(variables('a'), variables('b'))"), "more work"),
            new Case("a loop beyond the limit", template(loop("x").replace("10000", "2000000000")), "copy"),
            new Case("loops that pass the limit together", copies(20_000, "r"), "copy"));

    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void templateThatAsksForTooMuchIsRefusedInGoodTime(Case hostile) throws Exception {
        LoadResult result = load(hostile.text());

        assertThat(result.hasErrors()).isTrue();
        assertThat(result.problems()).extracting(Problem::text).anyMatch(text -> text.contains(hostile.says()));
    }

    @Test
    void fourThousandCertificatesOfListenersAreCheckedInGoodTime() throws Exception {
        String certificates = elements(
                4000, i -> named("c" + i, "\"keyVaultSecretId\": \"https://vault.example/secrets/" + i + "\""));
        String listeners = elements(4000, i -> named("l" + i, """
                "protocol": "Https", "sslCertificate": { "id": "/x/applicationGateways/g/sslCertificates/c%d" }""".formatted(i)));

        LoadResult result = load(gateway("\"sslCertificates\": " + certificates + ", \"httpListeners\": " + listeners));

        assertThat(result.hasErrors()).isTrue();
    }

    @Test
    void fourThousandClientCertificatesInEveryListenersProfileAreCheckedInGoodTime() throws Exception {
        String data = base64(List.of(made()));
        String certificates = elements(4000, i -> named("c" + i, "\"data\": \"" + data + "\""));
        String uses =
                elements(4000, i -> "{ \"id\": \"/x/applicationGateways/g/trustedClientCertificates/c" + i + "\" }");
        String listeners = elements(500, i -> named("l" + i, """
                "protocol": "Https", "sslProfile": { "id": "/x/applicationGateways/g/sslProfiles/p" }"""));

        LoadResult result = load(gateway("\"trustedClientCertificates\": " + certificates + ", \"sslProfiles\": [ "
                + named("p", "\"trustedClientCertificates\": " + uses) + " ], \"httpListeners\": " + listeners));

        assertThat(result.hasErrors()).isTrue();
    }

    @Test // VAL-35
    void chainOfManyCertificatesOfOneNameIsCheckedInGoodTime() throws Exception {
        List<X509Certificate> chain = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            chain.add(made());
        }
        String certificate = named("c", "\"data\": \"" + base64(chain) + "\"");
        String profile = named(
                "p",
                "\"trustedClientCertificates\": [ { \"id\": \"/x/applicationGateways/g/trustedClientCertificates/c\" } ]");

        LoadResult result = load(gateway(
                "\"trustedClientCertificates\": [ " + certificate + " ], \"sslProfiles\": [ " + profile + " ]"));

        assertThat(result.problems()).extracting(Problem::id).doesNotContain("VAL-35");
    }

    private static LoadResult load(String text) throws Exception {
        return BoundedLoad.of(text.getBytes(StandardCharsets.UTF_8), Optional.empty())
                .result();
    }

    private static String template(String members) {
        return template(members, "", "\"[variables('v')]\"");
    }

    private static String template(String members, String resources, String listeners) {
        return """
                { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                  "contentVersion": "1.0.0.0", %s,
                  "resources": [ %s { "type": "Microsoft.Network/applicationGateways", "apiVersion": "2024-05-01",
                    "name": "g", "properties": { "httpListeners": %s } } ] }
                """.formatted(members, resources, listeners);
    }

    private static String loop(String input) {
        return "\"variables\": { \"copy\": [ { \"name\": \"v\", \"count\": 10000, \"input\": \"" + input + "\" } ] }";
    }

    private static String references(String name) {
        return template(loop("[reference('" + name + "')]"), resources(8, "r"), "\"[variables('v')]\"");
    }

    private static String copies(int loops, String name) {
        return template("\"variables\": {}", resources(loops, name), "[]");
    }

    private static String resources(int loops, String name) {
        return IntStream.range(0, loops)
                .mapToObj(i -> "{ \"type\": \"a.b/c\", \"name\": \"" + name + "\", \"copy\": { \"name\": \"l" + i
                        + "\", \"count\": 10000 } }, ")
                .collect(Collectors.joining());
    }

    private static String loops() {
        String loops = elements(2 * MANY, i -> "{ \"name\": \"v" + i + "\", \"count\": 0, \"input\": \"x\" }");
        return template(
                "\"variables\": { \"copy\": " + loops + " }",
                "",
                elements(2 * MANY, i -> "\"[variables('v" + i + "')]\""));
    }

    private static String unknownNames() {
        String known = IntStream.range(0, 3 * MANY)
                .mapToObj(i -> "\"p" + i + "\": { \"type\": \"string\" }")
                .collect(Collectors.joining(", "));
        return template(
                "\"parameters\": { " + known + " }", "", elements(3 * MANY, i -> "\"[parameters('q" + i + "')]\""));
    }

    private static String search(String test) {
        String texts = "\"variables\": { \"a\": \"" + "y".repeat(LONG) + "\", \"b\": \"" + ALIKE + "\" }";
        return template(texts, "", "\"[filter(range(0, 10000), lambda('i', " + test + "))]\"");
    }

    private static String gateway(String members) {
        return "{ \"name\": \"g\", \"properties\": { " + members + " } }";
    }

    private static String named(String name, String properties) {
        return "{ \"name\": \"" + name + "\", \"properties\": { " + properties + " } }";
    }

    private static String elements(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(", ", "[ ", " ]"));
    }

    private static X509Certificate made() throws Exception {
        return SelfSignedCertificate.create(KeyType.EC_P256, List.of("ca.example"), NOW)
                .certificate();
    }

    /** PEM, as uploads are. */
    private static String base64(List<X509Certificate> chain) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return Base64.getEncoder().encodeToString(pem.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
