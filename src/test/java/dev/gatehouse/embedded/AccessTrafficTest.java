package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TlsServer;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** OBS-1, OBS-3, REQ-38: what becomes of a request stands in the access log, in the log and in the metrics alike. */
@Timeout(120)
class AccessTrafficTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> POOLS =
            List.of("good", "refused", "silent", "closed", "malformed", "broken", "wrongName", "twice");
    private static final TestCa ROOT = TestCa.root("Backends Root");
    private static final TestCa SITE =
            new TestCa.Draft("CN=b").names("b.example").by(ROOT);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.gatehouse.exchange");

    @TempDir
    static Path directory;

    private static final List<RecordingBackend> BACKENDS = new ArrayList<>();
    private static ServedGateway gateway;
    private static int port;
    private static int securePort;
    private static int adminPort;
    private static Path log;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private int seen;

    @BeforeAll
    static void start() throws Exception {
        log = directory.resolve("access.log");
        StringBuilder pools = new StringBuilder("{ \"name\": \"nameless\", \"backendAddresses\": [] }");
        StringBuilder paths = new StringBuilder(path("nameless", "s"));
        StringBuilder addresses = new StringBuilder();
        for (String pool : POOLS) {
            RecordingBackend backend = pool.equals("wrongName")
                    ? new RecordingBackend(TlsServer.sending(SITE.keys().getPrivate(), SITE.chain()))
                    : new RecordingBackend();
            BACKENDS.add(backend);
            int number = BACKENDS.size();
            String second = pool.equals("twice") ? ", { \"ipAddress\": \"10.0.1." + number + "\" }" : "";
            pools.append(", { \"name\": \"")
                    .append(pool)
                    .append("\", \"backendAddresses\": [{ \"ipAddress\": \"10.0.0.")
                    .append(number)
                    .append("\" }")
                    .append(second)
                    .append("] }");
            paths.append(", ").append(path(pool, pool.equals("wrongName") ? "tls" : "s"));
            addresses
                    .append(", \"10.0.0.")
                    .append(number)
                    .append("\": \"127.0.0.1:")
                    .append(backend.port())
                    .append('"');
        }
        addresses
                .append(", \"10.0.1.8\": \"127.0.0.1:")
                .append(backend("good").port())
                .append('"');
        port = Samples.freePort();
        securePort = Samples.freePort();
        adminPort = Samples.freePort();
        String root = Base64.getEncoder().encodeToString(ROOT.pem().getBytes(StandardCharsets.US_ASCII));
        gateway = ServedGateway.start(
                directory, """
                { "name": "shop", "sku": { "tier": "Standard_v2" },
                  "frontendIPConfigurations": [{ "name": "fe" }],
                  "frontendPorts": [{ "name": "p80", "port": 80 }, { "name": "p443", "port": 443 }],
                  "sslCertificates": [{ "name": "site" }],
                  "backendAddressPools": [ POOLS ],
                  "backendHttpSettingsCollection": [{ "name": "s", "port": 80, "requestTimeout": 1 },
                    { "name": "tls", "port": 443, "protocol": "Https", "probe": { "id": "named" },
                      "trustedRootCertificates": [{ "id": "root" }] }],
                  "trustedRootCertificates": [{ "name": "root", "data": "ROOT" }],
                  "probes": [{ "name": "named", "protocol": "Https", "path": "/", "host": "b.example" }],
                  "redirectConfigurations": [{ "name": "away", "redirectType": "Found",
                    "targetUrl": "https://away.example/" }],
                  "httpListeners": [
                    { "name": "plain", "frontendIPConfiguration": "fe", "frontendPort": "p80", "hostName": "a.example" },
                    { "name": "moved", "frontendIPConfiguration": "fe", "frontendPort": "p80", "hostName": "m.example" },
                    { "name": "secure", "frontendIPConfiguration": "fe", "frontendPort": "p443", "protocol": "Https",
                      "sslCertificate": "site" }],
                  "urlPathMaps": [{ "name": "m", "defaultBackendAddressPool": "good",
                    "defaultBackendHttpSettings": "s", "pathRules": [ PATHS ] }],
                  "requestRoutingRules": [
                    { "name": "r", "priority": 1, "ruleType": "PathBasedRouting", "httpListener": "plain",
                      "urlPathMap": "m" },
                    { "name": "away", "priority": 2, "httpListener": "moved", "redirectConfiguration": "away" },
                    { "name": "r443", "priority": 3, "httpListener": "secure", "backendAddressPool": "good",
                      "backendHttpSettings": "s" }] }
                """.replace("POOLS", pools).replace("PATHS", paths).replace("ROOT", root), """
                { "listen": { "ports": { "80": PLAIN, "443": SECURE } }, "addresses": { ADDRESSES },
                  "certificates": { "*": { "selfSigned": true } }, "admin": { "listen": "127.0.0.1:ADMIN" },
                  "health": { "optimisticStart": true },
                  "accessLog": { "file": "access.log", "scrub": ["token"] } }
                """.replace(
                                "PLAIN", Integer.toString(port))
                        .replace("SECURE", Integer.toString(securePort))
                        .replace("ADMIN", Integer.toString(adminPort))
                        .replace("ADDRESSES", addresses.substring(2)));
        await().until(() ->
                BACKENDS.stream().filter(backend -> backend.probes() > 0).count() == POOLS.size());
        backend("refused").stop();
        backend("twice").stop();
    }

    private static String path(String pool, String settings) {
        return "{ \"name\": \"" + pool + "\", \"paths\": [\"/" + pool + "/*\"], \"backendAddressPool\": \"" + pool
                + "\", \"backendHttpSettings\": \"" + settings + "\" }";
    }

    private static RecordingBackend backend(String pool) {
        return BACKENDS.get(POOLS.indexOf(pool));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        for (RecordingBackend backend : BACKENDS) {
            backend.close();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        lines.start();
        LOG.addAppender(lines);
        backend("good").reset();
        seen = written().size();
    }

    @AfterEach
    void forget() {
        LOG.detachAppender(lines);
    }

    private static List<String> written() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /** The lines that came since the test began, once there are so many. */
    private List<JsonNode> lines(int count) throws IOException {
        await().until(() -> written().size() >= seen + count);
        List<JsonNode> all = new ArrayList<>();
        for (String line : written().subList(seen, written().size())) {
            all.add(JSON.readTree(line));
        }
        assertThat(all).hasSize(count);
        return all;
    }

    private static Head send(int to, String request) throws IOException {
        try (Wire wire = to == securePort ? Wire.connectTls(to, "a.example") : Wire.connect(to)) {
            wire.write(request);
            Head head = wire.readFinalHead();
            wire.endsWithin(200);
            return head;
        }
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n" + fields + "Connection: close\r\n\r\n";
    }

    private static String metrics() throws IOException {
        try (Wire wire = Wire.connect(adminPort)) {
            wire.write("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            Head head = wire.readFinalHead();
            return new String(wire.readAnswerBody(head, "GET"), StandardCharsets.UTF_8);
        }
    }

    private static double metric(String name, String... labels) throws IOException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void requestThatIsAnsweredHasALine() throws Exception {
        String answer = "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
        backend("good").answers(request -> {
            request.body();
            request.answer(answer);
        });
        String request = """
                POST /x%20y?a=1&token=secret HTTP/1.1
                Host: A.example
                User-Agent: test
                traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
                Authorization: secret
                Cookie: secret
                Content-Length: 4
                Connection: close

                body""".replace("\n", "\r\n");
        assertThat(send(port, request).status()).isEqualTo(201);
        JsonNode line = lines(1).get(0);
        assertThat(line.toString()).doesNotContain("secret");
        assertThat(line.path("resourceId").asText()).endsWith("/APPLICATIONGATEWAYS/SHOP");
        assertThat(line.path("listenerName").asText()).isEqualTo("plain");
        assertThat(line.path("ruleName").asText()).isEqualTo("r");
        assertThat(line.path("backendPoolName").asText()).isEqualTo("good");
        assertThat(line.path("backendSettingName").asText()).isEqualTo("s");
        JsonNode properties = line.path("properties");
        assertThat(properties.path("clientIP").asText()).isEqualTo("127.0.0.1");
        assertThat(properties.path("httpMethod").asText()).isEqualTo("POST");
        assertThat(properties.path("originalRequestUriWithArgs").asText()).isEqualTo("/x%20y?a=1&token=***");
        assertThat(properties.path("requestUri").asText()).isEqualTo("/x%20y");
        assertThat(properties.path("httpStatus").asInt()).isEqualTo(201);
        assertThat(properties.path("receivedBytes").asInt()).isEqualTo(request.length());
        assertThat(properties.path("sentBytes").asInt()).isBetween(answer.length() - 20, answer.length() + 80);
        assertThat(properties.path("serverRouted").asText())
                .isEqualTo("127.0.0.1:" + backend("good").port());
        assertThat(properties.path("serverStatus").asText()).isEqualTo("201");
        assertThat(properties.path("serverResponseLatency").asText()).matches("0\\.\\d{3}");
        assertThat(properties.path("upstreamSourcePort").asInt()).isPositive();
        assertThat(properties.path("originalHost").asText()).isEqualTo("A.example");
        assertThat(properties.path("host").asText()).isEqualTo("A.example");
        assertThat(properties.path("error_info").asText()).isEqualTo("ERRORINFO_NO_ERROR");
        assertThat(properties.path("contentType").asText()).startsWith("text/plain");
        assertThat(properties.at("/gatehouse/traceparent").asText()).startsWith("00-0af76519");
        Head received = backend("good").take().head();
        assertThat(received.value("X-AppGW-Trace-Id"))
                .isEqualTo(properties.path("transactionId").asText());
        assertThat(received.value("traceparent")).startsWith("00-0af76519"); // OBS-6
    }

    @Test
    void clientsTlsIsTold() throws Exception {
        assertThat(send(securePort, get("/", "")).status()).isEqualTo(200);
        JsonNode properties = lines(1).get(0).path("properties");
        assertThat(properties.path("sslEnabled").asText()).isEqualTo("on");
        assertThat(properties.path("sslProtocol").asText()).isEqualTo("TLSv1.3");
        assertThat(properties.path("sslCipher").asText()).startsWith("TLS_AES_");
        assertThat(properties.path("sslClientVerify").asText()).isEqualTo("NONE");
        assertThat(metric("gatehouse_tls_requests_total", "listener=\"secure\"", "protocol=\"TLSv1.3\""))
                .isPositive();
    }

    @Test
    void requestsThatComeToNoBackendHaveLinesToo() throws Exception {
        assertThat(send(port, "GET / HTTP/1.1\r\nHost: m.example\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(302);
        assertThat(send(port, "GET / HTTP/1.1\r\nHost: nobody.example\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(404);
        assertThat(send(port, "GET /\\ HTTP/1.1\r\nHost: a.example\r\nbad field\r\n\r\n")
                        .status())
                .isEqualTo(400);
        List<JsonNode> all = lines(3);
        assertThat(all.get(0).path("ruleName").asText()).isEqualTo("away");
        assertThat(all.get(0).at("/properties/httpStatus").asInt()).isEqualTo(302);
        assertThat(all.get(0).at("/properties/serverRouted").asText()).isEmpty();
        assertThat(all.get(0).at("/properties/sentBytes").asInt()).isPositive();
        assertThat(all.get(1).path("listenerName").asText()).isEmpty();
        assertThat(all.get(1).at("/properties/error_info").asText()).isEqualTo("ERRORINFO_INVALID_HOST");
        assertThat(all.get(2).at("/properties/httpStatus").asInt()).isEqualTo(400);
        assertThat(all.get(2).at("/properties/error_info").asText()).startsWith("ERRORINFO_INVALID");
    }

    @ParameterizedTest // REQ-38: each cause has one name wherever it is told
    @CsvSource({
        "nameless, 502, NO_LIVE_BACKEND, select, ERRORINFO_UPSTREAM_NO_LIVE",
        "refused, 502, BACKEND_CONNECT_REFUSED, connect, ERRORINFO_UPSTREAM_NO_LIVE",
        "wrongName, 502, BACKEND_TLS, tls, ERRORINFO_UPSTREAM_NO_LIVE",
        "silent, 504, BACKEND_SILENT, first_byte, ERRORINFO_UPSTREAM_TIMED_OUT",
        "closed, 502, BACKEND_CLOSED, first_byte, ERRORINFO_UPSTREAM_CLOSED_CONNECTION",
        "malformed, 502, BACKEND_MALFORMED, first_byte, ERRORINFO_UPSTREAM_CLOSED_CONNECTION",
        "broken, 200, BACKEND_BODY_BROKEN, body, ERRORINFO_UPSTREAM_CLOSED_CONNECTION"
    })
    void failuresAreToldAlike(String pool, int status, String name, String phase, String errorInfo) throws Exception {
        if (POOLS.contains(pool) && !pool.equals("refused") && !pool.equals("wrongName")) {
            backend(pool).answers(request -> {
                switch (pool) {
                    case "silent" -> request.wire().endsWithin(5_000);
                    case "closed" -> request.wire().close();
                    case "malformed" -> request.answer("SMTP ready\r\n\r\n");
                    default -> {
                        request.answer("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nbegun");
                        request.wire().close();
                    }
                }
            });
        }
        String reason = "reason=\"" + name.toLowerCase(Locale.ROOT) + '"';
        double before = metric("gatehouse_requests_failed_total", reason);
        assertThat(send(port, get("/" + pool + "/a", "")).status()).isEqualTo(status);
        JsonNode properties = lines(1).get(0).path("properties");
        assertThat(properties.path("httpStatus").asInt()).isEqualTo(status);
        assertThat(properties.path("error_info").asText()).isEqualTo(errorInfo);
        JsonNode failure = properties.at("/gatehouse/failure");
        assertThat(failure.path("name").asText()).isEqualTo(name);
        assertThat(failure.path("phase").asText()).isEqualTo(phase);
        assertThat(failure.path("cause").asText()).isNotEmpty();
        assertThat(failure.path("cure").asText()).isNotEmpty();
        if (!pool.equals("nameless")) {
            assertThat(failure.path("member").asText()).contains("10.0.0." + (POOLS.indexOf(pool) + 1));
        }
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getFormattedMessage())
                .startsWith(name + " ")
                .contains(
                        "cure: " + failure.path("cure").asText(),
                        properties.path("transactionId").asText());
        assertThat(metric("gatehouse_requests_failed_total", reason)).isEqualTo(before + (status >= 500 ? 1 : 0));
    }

    @Test
    void triesThatFailedAreListed() throws Exception {
        for (int i = 0; i < 2; i++) { // one of the two members answers
            assertThat(send(port, get("/twice/a", "")).status()).isEqualTo(200);
        }
        JsonNode attempts = lines(2).stream()
                .map(line -> line.at("/properties/gatehouse/attempts"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElseThrow();
        assertThat(attempts).hasSize(1);
        assertThat(attempts.path(0).path("server").asText()).contains("10.0.0.8");
        assertThat(attempts.path(0).path("failure").asText()).isEqualTo("BACKEND_CONNECT_REFUSED");
        assertThat(metric("gatehouse_retries_total", "reason=\"backend_connect_refused\""))
                .isPositive();
    }

    @Test // WS-26
    void sessionHasALineAtItsOpeningAndOneAtItsEnd() throws Exception {
        backend("good").answers(request -> WebSocketWire.accept(request, "").echo());
        try (WebSocketWire session = WebSocketWire.open(Wire.connect(port), "/chat", "a.example", "")) {
            session.sendText("hello");
            assertThat(session.readFrame().text()).isEqualTo("hello");
            session.sendClose(4000, "");
            session.readClose();
        }
        List<JsonNode> all = lines(2);
        assertThat(all.get(0).at("/properties/webSocket/event").asText()).isEqualTo("open");
        assertThat(all.get(1).at("/properties/webSocket/event").asText()).isEqualTo("close");
        assertThat(all.get(1).at("/properties/webSocket/closeCode").asInt()).isEqualTo(4000);
        assertThat(all.get(0).path("resourceId").asText()).endsWith("/APPLICATIONGATEWAYS/SHOP");
        assertThat(metric("gatehouse_responses_total", "listener=\"plain\"", "code=\"101\""))
                .isPositive();
    }

    @Test
    void metricsHaveTheNamesOfTheCatalogue() throws Exception {
        send(port, get("/", ""));
        lines(1);
        String text = metrics();
        assertThat(text)
                .contains(
                        "gatehouse_requests_total{code_class=\"2xx\",listener=\"plain\",method=\"GET\",pool=\"good\"",
                        "gatehouse_responses_total{code=\"200\"",
                        "gatehouse_backend_responses_total{",
                        "gatehouse_request_duration_seconds_bucket{",
                        "gatehouse_backend_connect_seconds_bucket{",
                        "gatehouse_backend_first_byte_seconds_bucket{",
                        "gatehouse_backend_last_byte_seconds_bucket{",
                        "gatehouse_received_bytes_total{listener=\"plain\"}",
                        "gatehouse_sent_bytes_total{listener=\"plain\"}",
                        "gatehouse_connections_active{listener=\"plain\"}",
                        "gatehouse_tls_requests_total{listener=\"plain\",protocol=\"none\"}",
                        "gatehouse_backend_hosts{pool=\"good\",settings=\"s\",state=\"healthy\"} 1.0",
                        "gatehouse_probe_duration_seconds_count{",
                        "gatehouse_probe_results_total{",
                        "gatehouse_config_loads_total{result=\"loaded\"} 1.0",
                        "gatehouse_config_generation 1.0",
                        "gatehouse_config_info{gateway=\"shop\",sku=\"v2\"} 1",
                        "gatehouse_ready 1.0",
                        "gatehouse_access_log_lines_total{result=\"dropped\"} 0.0",
                        "jvm_memory_used_bytes{",
                        "process_uptime_seconds");
        assertThat(metric("gatehouse_access_log_lines_total", "result=\"written\""))
                .isPositive();
    }

    @Test
    void alertRulesNameWhatIsExported() throws Exception {
        backend("good").answers(request -> WebSocketWire.accept(request, "").echo());
        try (WebSocketWire session = WebSocketWire.open(Wire.connect(port), "/chat", "a.example", "")) {
            session.sendClose(1000, "");
            session.readClose();
        }
        send(port, get("/nameless/a", ""));
        lines(3);
        Set<String> exported = new TreeSet<>();
        metrics().lines().filter(line -> !line.startsWith("#")).forEach(line -> exported.add(line.split("[{ ]", 2)[0]));
        Set<String> named = new TreeSet<>();
        Matcher names = Pattern.compile("gatehouse_[a-z_]+")
                .matcher(Files.readString(Path.of("docs/operations/alerts.yml"))
                        + Files.readString(Path.of("docs/operations/README.md")));
        while (names.find()) {
            named.add(names.group());
        }
        assertThat(named).hasSizeGreaterThan(6);
        named.removeIf(name -> exported.contains(name + "_count")); // a histogram by the name of its family
        assertThat(exported).containsAll(named);
    }
}
