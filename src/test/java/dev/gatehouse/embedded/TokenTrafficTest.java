package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.explain.DescribedRequest;
import dev.gatehouse.explain.Explainer;
import dev.gatehouse.explain.Explanation;
import dev.gatehouse.explain.HeaderField;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TestTokens;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-16: rules that ask for tokens, over real sockets; what {@code explain} says of a request is what happens. */
@Timeout(60)
class TokenTrafficTest {
    private static final TestTokens TOKENS = new TestTokens();
    private static final String GATEWAY = """
            { "name": "g", "sku": { "tier": "Standard_v2" },
              "frontendIPConfigurations": [{ "name": "fe" }],
              "frontendPorts": [{ "name": "p80", "port": 80 }, { "name": "p443", "port": 443 }],
              "sslCertificates": [{ "name": "site" }],
              "backendAddressPools": [{ "name": "b", "backendAddresses": [{ "ipAddress": "10.0.0.1" }] }],
              "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }, { "name": "r", "port": 80 }],
              "redirectConfigurations": [{ "name": "away", "redirectType": "Found", "targetUrl": "https://away.example/",
                "includePath": false, "includeQueryString": false }],
              "httpListeners": [ LISTENERS ],
              "entraJWTValidationConfigs": [
                { "name": "staff", "unAuthorizedRequestAction": "Deny", "tenantId": "TENANT", "clientId": "CLIENT" },
                { "name": "guests", "unAuthorizedRequestAction": "Allow", "tenantId": "TENANT", "clientId": "CLIENT" } ],
              "requestRoutingRules": [
                { "name": "deny", "priority": 1, "httpListener": "deny", "backendAddressPool": "b",
                  "backendHttpSettings": "s", "entraJWTValidationConfig": "staff" },
                { "name": "allow", "priority": 2, "httpListener": "allow", "backendAddressPool": "b",
                  "backendHttpSettings": "s", "entraJWTValidationConfig": "guests" },
                { "name": "open", "priority": 3, "httpListener": "open", "backendAddressPool": "b",
                  "backendHttpSettings": "s" },
                { "name": "plain", "priority": 4, "httpListener": "plain", "backendAddressPool": "b",
                  "backendHttpSettings": "s", "entraJWTValidationConfig": "staff" },
                { "name": "relayed", "priority": 6, "httpListener": "relayed", "backendAddressPool": "b",
                  "backendHttpSettings": "r", "entraJWTValidationConfig": "staff" },
                { "name": "moved", "priority": 5, "httpListener": "moved", "redirectConfiguration": "away",
                  "entraJWTValidationConfig": "staff" } ] }
            """;

    @TempDir
    static Path directory;

    private static RecordingBackend backend;
    private static LoadResult loaded;
    private static GatewayServer server;
    private static int httpPort;
    private static int httpsPort;

    @BeforeAll
    static void start() throws Exception {
        backend = new RecordingBackend();
        httpPort = Samples.freePort();
        httpsPort = Samples.freePort();
        Files.writeString(directory.resolve("keys.json"), TOKENS.keySet());
        loaded = load("keys.json", httpPort, httpsPort);
        server = GatewayServer.start(Samples.plan(loaded.configuration().orElseThrow()), GatewayContextListener::new);
    }

    private static LoadResult load(String keys, int plain, int secured) throws IOException {
        String listeners = String.join(
                ", ",
                https("deny"),
                https("allow"),
                https("open"),
                https("moved"),
                https("relayed"),
                "{ \"name\": \"plain\", \"frontendIPConfiguration\": \"fe\", \"frontendPort\": \"p80\", \"protocol\": \"Http\" }");
        Path file = Files.writeString(
                directory.resolve("gateway.json"),
                GATEWAY.replace("LISTENERS", listeners)
                        .replace("TENANT", TestTokens.TENANT)
                        .replace("CLIENT", TestTokens.CLIENT));
        Files.writeString(
                directory.resolve("gatehouse.local.json"),
                "{ \"listen\": { \"ports\": { \"80\": " + plain + ", \"443\": " + secured + " } },"
                        + " \"addresses\": { \"10.0.0.1\": \"127.0.0.1:" + backend.port() + "\" },"
                        + " \"certificates\": { \"*\": { \"selfSigned\": true } },"
                        + " \"webSocket\": { \"endWithToken\": true, \"modes\": { \"r\": \"relay\" } },"
                        + " \"tokens\": { \"keys\": \"" + keys + "\" } }");
        LoadResult result = new ConfigurationReader().load(file, Optional.empty());
        assertThat(result.configuration()).as("%s", result.problems()).isPresent();
        return result;
    }

    private static String https(String name) {
        return "{ \"name\": \"" + name + "\", \"frontendIPConfiguration\": \"fe\", \"frontendPort\": \"p443\","
                + " \"protocol\": \"Https\", \"hostName\": \"" + name + ".example\", \"sslCertificate\": \"site\" }";
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        backend.close();
    }

    @BeforeEach
    void forget() throws IOException {
        backend.reset();
        backend.answers(request -> {
            if (request.head().value("Upgrade").equals("websocket")) {
                request.wire().write(WebSocketWire.acceptance(request, ""));
                request.wire().endsWithin(10_000);
            } else {
                request.ok("ok");
            }
        });
    }

    private static String credentials(String kind) {
        return switch (kind) {
            case "good" -> "Authorization: Bearer " + TOKENS.token();
            case "nobody" -> "Authorization: Bearer " + TOKENS.token(claims -> claims.claim("oid", null));
            case "other" -> "Authorization: Bearer " + TOKENS.token(claims -> claims.audience("api://other"));
            case "broken" -> "Authorization: Bearer x";
            default -> "Accept: */*";
        };
    }

    @ParameterizedTest
    @CsvSource({"deny, 1", "relayed, 2"})
    void sessionEndsWithTheTokenThatLetItIn(String host, int lifetimeSeconds) throws Exception {
        java.time.Instant end = java.time.Instant.now().plusSeconds(lifetimeSeconds + 1);
        String token = TOKENS.token(claims -> claims.expirationTime(java.util.Date.from(end)));
        try (Wire wire = Wire.connectTls(httpsPort, host + ".example")) {
            WebSocketWire session =
                    WebSocketWire.open(wire, "/", host + ".example", "Authorization: Bearer " + token + "\r\n");
            WebSocketWire.Frame close = session.readClose();
            assertThat(close.closeCode()).isEqualTo(1008);
            assertThat(close.closeReason()).isEqualTo("token has expired");
            assertThat(java.time.Instant.now())
                    .isAfterOrEqualTo(end.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://deny.example/a, none, 401",
        "https://deny.example/a, broken, 401",
        "https://deny.example/a, other, 401",
        "https://deny.example/a, nobody, 403",
        "https://deny.example/a, good, 200",
        "https://allow.example/a, none, 200",
        "https://allow.example/a, broken, 200",
        "https://allow.example/a, nobody, 200",
        "https://allow.example/a, good, 200",
        "https://open.example/a, good, 200",
        "http://any.example/a, none, 401",
        "http://any.example/a, good, 200",
        "https://moved.example/a, none, 302",
        "wss://deny.example/chat, none, 401",
        "wss://deny.example/chat, nobody, 403",
        "wss://deny.example/chat, good, 101",
        "wss://allow.example/chat, broken, 101",
        "ws://any.example/chat, good, 101",
    })
    void whatIsSaidOfATokenIsWhatHappens(String url, String kind, int status) throws Exception {
        try (Wire wire = connect(url)) {
            DescribedRequest request = DescribedRequest.of(
                    "GET", url, List.of(credentials(kind)), "127.0.0.1:" + wire.localPort(), Optional.empty());
            Explanation said =
                    new Explainer(loaded.configuration().orElseThrow(), loaded.origins(), List.of()).explain(request);
            Head answer = send(wire, request);

            assertThat(answer.status()).isEqualTo(status);
            if (said.backendRequest() == null) {
                assertThat(said.status()).isEqualTo(status);
                assertThat(backend.recorded()).isZero();
            } else {
                assertThat(said.status()).isNull();
                assertThat(identities(backend.take().head())).isEqualTo(identities(said));
            }
        }
    }

    private static List<String> identities(Explanation said) {
        return said.backendRequest().headers().stream()
                .filter(field -> field.name().equalsIgnoreCase("x-msft-entra-identity"))
                .map(HeaderField::value)
                .toList();
    }

    private static List<String> identities(Head head) {
        return head.values("x-msft-entra-identity");
    }

    @ParameterizedTest
    @CsvSource({
        "deny, good, " + TestTokens.IDENTITY,
        "allow, good, " + TestTokens.IDENTITY,
        "allow, none, ''",
        "allow, other, ''",
        "open, good, forged",
    })
    void backendIsToldOnlyWhatATokenProves(String host, String kind, String identity) throws Exception {
        for (String name : List.of("x-msft-entra-identity", "X-MSFT-ENTRA-IDENTITY")) {
            // Named in Connection too: no client may take our field away by calling it its own.
            Head head = ask(host, name + ": forged\r\n" + credentials(kind) + "\r\n");
            assertThat(head.status()).isEqualTo(200);
            assertThat(backend.take().head().value("x-msft-entra-identity")).isEqualTo(identity);
            Head named = ask(host, "Connection: " + name + "\r\n" + credentials(kind) + "\r\n");
            assertThat(named.status()).isEqualTo(200);
            assertThat(backend.take().head().value("x-msft-entra-identity"))
                    .isEqualTo(identity.equals("forged") ? "" : identity);
        }
    }

    @Test
    void authorizationReachesTheBackend() throws Exception {
        String credentials = credentials("good");
        ask("deny", credentials + "\r\n");
        assertThat("Authorization: " + backend.take().head().value("Authorization"))
                .isEqualTo(credentials);
    }

    @Test
    void refusalNamesTheSchemeAndNothingElse() throws Exception {
        try (Wire wire = Wire.connectTls(httpsPort, "deny.example")) {
            wire.write("GET / HTTP/1.1\r\nHost: deny.example\r\n" + credentials("other") + "\r\n\r\n");
            Head head = wire.readFinalHead();
            String page = new String(wire.readAnswerBody(head, "GET"), StandardCharsets.ISO_8859_1);

            assertThat(head.status()).isEqualTo(401);
            assertThat(head.values("WWW-Authenticate")).containsExactly("Bearer");
            assertThat(head.values("Server")).containsExactly("Gatehouse");
            assertThat(page).contains("<h1>401 Unauthorized</h1>").doesNotContain("audience");
            assertThat(backend.recorded()).isZero();
        }
    }

    @Test
    void refusalLeavesTheConnectionOpen() throws Exception { // REQ-47
        try (Wire wire = Wire.connectTls(httpsPort, "deny.example")) {
            wire.write("GET / HTTP/1.1\r\nHost: deny.example\r\n\r\n");
            wire.readAnswerBody(wire.readFinalHead(), "GET");
            wire.write("GET / HTTP/1.1\r\nHost: deny.example\r\n" + credentials("good") + "\r\n\r\n");
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
    }

    @Test
    void keysThatOnlyARunningGatewayFetchesLeaveExplainInDoubt() throws Exception {
        LoadResult remote = load("http://127.0.0.1:" + Samples.freePort() + "/keys", httpPort, httpsPort);
        Explainer explainer = new Explainer(remote.configuration().orElseThrow(), remote.origins(), List.of());
        List<String> doubt = new ArrayList<>();
        Explanation given = explain(explainer, "good");
        given.because().forEach(reason -> doubt.add(reason.text()));

        assertThat(doubt).anyMatch(text -> text.contains("not known here"));
        assertThat(identities(given)).containsExactly("<tenant>:<object>");
        assertThat(explain(explainer, "none").status()).isEqualTo(401);
        assertThat(explain(explainer, "broken").status()).isEqualTo(401);
    }

    private static Explanation explain(Explainer explainer, String kind) throws Exception {
        return explainer.explain(DescribedRequest.of(
                "GET", "https://deny.example/", List.of(credentials(kind)), "127.0.0.1:1", Optional.empty()));
    }

    @Test
    void withoutKeysNobodyIsLetIn() throws Exception {
        int plain = Samples.freePort();
        int secured = Samples.freePort();
        LoadResult keyless = load("http://127.0.0.1:" + Samples.freePort() + "/keys", plain, secured);
        GatewayServer other =
                GatewayServer.start(Samples.plan(keyless.configuration().orElseThrow()), GatewayContextListener::new);
        try {
            assertThat(ask(secured, "deny", credentials("good") + "\r\n").status())
                    .isEqualTo(503);
            assertThat(ask(secured, "deny", "").status()).isEqualTo(401);
            assertThat(ask(secured, "allow", credentials("good") + "\r\n").status())
                    .isEqualTo(200);
            assertThat(backend.take().head().has("x-msft-entra-identity")).isFalse();
        } finally {
            other.close();
        }
    }

    private static Head ask(String host, String fields) throws IOException {
        return ask(httpsPort, host, fields);
    }

    private static Head ask(int port, String host, String fields) throws IOException {
        try (Wire wire = Wire.connectTls(port, host + ".example")) {
            wire.write("GET / HTTP/1.1\r\nHost: " + host + ".example\r\n" + fields + "\r\n");
            return wire.readFinalHead();
        }
    }

    private static Wire connect(String url) throws IOException {
        boolean isSecure = url.startsWith("https") || url.startsWith("wss");
        return isSecure ? Wire.connectTls(httpsPort, "deny.example") : Wire.connect(httpPort);
    }

    private static Head send(Wire wire, DescribedRequest request) throws IOException {
        StringBuilder text = new StringBuilder("GET ")
                .append(request.url().replaceFirst("^[a-z]+://[^/]*", ""))
                .append(" HTTP/1.1\r\n");
        request.fields()
                .forEach(field -> text.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append("\r\n"));
        wire.write(text.append("\r\n").toString());
        return wire.readFinalHead();
    }
}
