package dev.gatehouse.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.model.AccessLogSettings;
import dev.gatehouse.model.AccessLogSettings.Format;
import dev.gatehouse.observe.SessionEnd.Side;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OBS-1, OBS-2, websocket.md section 7: lines, files and what is lost. */
@Timeout(60)
class AccessLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:15:30.123456Z"), ZoneOffset.UTC);
    private static final SessionStart START = new SessionStart(
            "0123456789abcdef0123456789abcdef",
            "relay",
            "/subscriptions/s/applicationGateways/g",
            "lis\"ten\ner",
            "rule",
            "pool",
            "settings",
            "10.0.0.5:80",
            "::1",
            50123,
            "/chat",
            "chat.example",
            "v2.chat");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static AccessLine line(String method, String target, String userAgent, boolean isV1) {
        return new AccessLine(
                CLOCK.millis(),
                1_234_567_890,
                5_000_000,
                new AccessLine.Way("/subscriptions/s/g", "listener", "rule", "pool", "settings"),
                new AccessLine.Client("192.0.2.1", 4711, userAgent, "https://from.example/"),
                new AccessLine.Asked(
                        method, target, "/a", "x=1&sig=secret", "HTTP/1.1", "Shop.example", "b.example", null, 321),
                new AccessLine.Answer(200, "text/html", 654),
                null,
                new AccessLine.Backend("10.0.0.5:80", 200, 7_000_000, 40123, false),
                "0123456789abcdef0123456789abcdef",
                null,
                List.of(),
                isV1);
    }

    private static AccessLogSettings settings(String file, Format format) {
        return new AccessLogSettings(file, format, 1L << 20, 2, Set.of(), List.of("SIG"));
    }

    private String written(AccessLogSettings settings, Object... lines) {
        try (AccessLog log = AccessLog.start(settings, CLOCK, out)) {
            for (Object each : lines) {
                if (each instanceof AccessLine line) {
                    log.add(line);
                } else if (each instanceof SessionEnd end) {
                    log.ended(end);
                } else {
                    log.opened((SessionStart) each);
                }
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jsonLineHasAzuresFields() throws Exception {
        String text = written(settings("-", Format.JSON), line("GET", "/A?x=1&sig=secret&y", null, false));
        assertThat(text).endsWith("}\n").doesNotContain("secret");
        assertThat(JSON.readTree(text)).isEqualTo(JSON.readTree("""
                { "timeStamp": "2026-11-23T10:15:30.123Z", "resourceId": "/SUBSCRIPTIONS/S/G",
                  "listenerName": "listener", "ruleName": "rule", "backendPoolName": "pool",
                  "backendSettingName": "settings", "operationName": "ApplicationGatewayAccess",
                  "category": "ApplicationGatewayAccessLog",
                  "properties": { "instanceId": INSTANCE, "clientIP": "192.0.2.1", "clientPort": 4711,
                    "httpMethod": "GET", "originalRequestUriWithArgs": "/A?x=1&sig=***&y", "requestUri": "/a",
                    "requestQuery": "x=1&sig=***", "userAgent": "-", "httpStatus": 200, "httpVersion": "HTTP/1.1",
                    "receivedBytes": 321, "sentBytes": 654, "clientResponseTime": 0.005, "timeTaken": 1.235,
                    "WAFEvaluationTime": "0.000", "transactionId": "0123456789abcdef0123456789abcdef",
                    "sslEnabled": "off", "sslCipher": "", "sslProtocol": "", "sslClientVerify": "NONE",
                    "sslClientCertificateFingerprint": "", "sslClientCertificateIssuerName": "",
                    "serverRouted": "10.0.0.5:80", "serverStatus": "200", "serverResponseLatency": "0.007",
                    "upstreamSourcePort": "40123", "originalHost": "Shop.example", "host": "b.example",
                    "error_info": "ERRORINFO_NO_ERROR", "contentType": "text/html" } }
                """.replace(
                "INSTANCE", JSON.readTree(text).at("/properties/instanceId").toString())));
    }

    @Test
    void gatewaysOfVersionOneWriteWhatThoseOfAzureWrite() throws Exception {
        JsonNode properties = JSON.readTree(written(settings("-", Format.JSON), line("GET", "/A", "curl", true)))
                .path("properties");
        assertThat(properties.path("timeTaken").asInt()).isEqualTo(1234);
        assertThat(properties.path("requestQuery").asText())
                .isEqualTo("SERVER-ROUTED=10.0.0.5:80&X-AzureApplicationGateway-LOG-ID="
                        + "0123456789abcdef0123456789abcdef&SERVER-STATUS=200");
    }

    @Test
    void everyPropertyCanBeLeftOut() throws Exception {
        Set<String> names = new HashSet<>();
        JsonNode whole = JSON.readTree(written(settings("-", Format.JSON), line("GET", "/", null, false)));
        for (Iterator<String> all = whole.path("properties").fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        names.add("gatehouse"); // stands there only if there is something to tell
        assertThat(names).containsExactlyInAnyOrderElementsOf(AccessLogSettings.PROPERTIES);

        out.reset();
        AccessLogSettings none = new AccessLogSettings("-", Format.JSON, 1 << 20, 2, names, List.of());
        assertThat(JSON.readTree(written(none, line("GET", "/", null, false))).path("properties"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COMMON | curl | 192.0.2.1 - - [23/Nov/2026:10:15:30 +0000] \"GET /A?sig=*** HTTP/1.1\" 200 654",
                "COMBINED | curl | 192.0.2.1 - - [23/Nov/2026:10:15:30 +0000] \"GET /A?sig=*** HTTP/1.1\" 200 654"
                        + " \"https://from.example/\" \"curl\"",
                "COMBINED | a\"b | 192.0.2.1 - - [23/Nov/2026:10:15:30 +0000] \"GET /A?sig=*** HTTP/1.1\" 200 654"
                        + " \"https://from.example/\" \"a\\x22b\"",
            })
    void textLinesAreThoseOfOtherServers(Format format, String userAgent, String expected) {
        assertThat(written(settings("-", format), line("GET", "/A?sig=1", userAgent, false)))
                .isEqualTo(expected + "\n");
    }

    @Test
    void lineEndsOfClientsForgeNoLines() {
        assertThat(written(settings("-", Format.COMBINED), line("GET", "/", "a\r\n1.2.3.4 - -", false))
                        .lines())
                .hasSize(1);
        out.reset();
        assertThat(written(settings("-", Format.JSON), line("GET", "/", "a\r\n{}", false))
                        .lines())
                .hasSize(1);
    }

    @Test // WS-26
    void sessionsHaveALineWhenTheyOpenAndOneWhenTheyAreOver() throws Exception {
        SessionEnd end = new SessionEnd(START, 4001, Side.SERVER, 3, 4, 500, 6000, Duration.ofMillis(61_007));
        List<String> lines =
                written(settings("-", Format.JSON), START, end).lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode opened = JSON.readTree(lines.get(0));
        assertThat(opened.path("listenerName").asText()).isEqualTo("lis\"ten\ner");
        assertThat(opened.at("/properties/httpStatus").asInt()).isEqualTo(101);
        assertThat(opened.at("/properties/webSocket")).isEqualTo(JSON.readTree("""
                { "event": "open", "mode": "relay", "subprotocol": "v2.chat" }"""));
        JsonNode closed = JSON.readTree(lines.get(1));
        assertThat(closed.at("/properties/receivedBytes").asLong()).isEqualTo(500);
        assertThat(closed.at("/properties/sentBytes").asLong()).isEqualTo(6000);
        assertThat(closed.at("/properties/timeTaken").asDouble()).isEqualTo(61.007);
        assertThat(closed.at("/properties/webSocket")).isEqualTo(JSON.readTree("""
                { "event": "close", "mode": "relay", "subprotocol": "v2.chat", "closeCode": 4001,
                  "closeSource": "server", "messagesIn": 3, "messagesOut": 4 }"""));

        out.reset();
        assertThat(written(settings("-", Format.COMMON), START, end))
                .isEqualTo("::1 - - [23/Nov/2026:10:15:30 +0000] \"GET /chat HTTP/1.1\" 101 6000\n");
    }

    @Test
    void fullFilesArePutAsideAndOldOnesGo() throws Exception {
        Path file = directory.resolve("access.log");
        AccessLogSettings small = new AccessLogSettings(file.toString(), Format.COMMON, 200, 2, Set.of(), List.of());
        try (AccessLog log = AccessLog.start(small, CLOCK, out)) {
            for (int i = 0; i < 8; i++) {
                log.add(line("GET", "/" + i, null, false));
                await(log, i + 1);
            }
        }
        assertThat(names()).containsExactlyInAnyOrder("access.log", "access.log.1", "access.log.2");
        assertThat(Files.readString(directory.resolve("access.log.2"))).contains("GET /2 ", "GET /3 ");
        assertThat(Files.readString(file)).contains("GET /6 ", "GET /7 ").doesNotContain("GET /5 ");
    }

    @Test // as programs do that rotate logs
    void fileThatWasMovedAwayIsBegunAnew() throws Exception {
        Path file = directory.resolve("access.log");
        try (AccessLog log = AccessLog.start(settings(file.toString(), Format.COMMON), CLOCK, out)) {
            log.add(line("GET", "/before", null, false));
            await(log, 1);
            Files.move(file, directory.resolve("moved"));
            Thread.sleep(1_100);
            log.add(line("GET", "/after", null, false));
        }
        assertThat(Files.readString(directory.resolve("moved")))
                .contains("/before")
                .doesNotContain("/after");
        assertThat(Files.readString(file)).contains("/after");
    }

    @Test
    void settingsChangeWhileItRuns() throws Exception {
        Path file = directory.resolve("access.log");
        try (AccessLog log = AccessLog.start(settings("-", Format.COMMON), CLOCK, out)) {
            log.add(line("GET", "/out", null, false));
            await(log, 1);
            log.configure(settings(file.toString(), Format.COMMON));
            log.add(line("GET", "/file", null, false));
            await(log, 2);
            log.configure(settings("off", Format.COMMON));
            log.add(line("GET", "/nowhere", null, false));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("/out").doesNotContain("/file", "/nowhere");
        assertThat(Files.readString(file)).contains("/file").doesNotContain("/nowhere");
    }

    @Test
    void linesThatCannotBeWrittenAreCountedAndNobodyWaits() throws Exception {
        Path file = directory.resolve("no such directory").resolve("access.log");
        try (AccessLog log = AccessLog.start(settings(file.toString(), Format.JSON), CLOCK, out)) {
            for (int i = 0; i < 100; i++) {
                log.add(line("GET", "/" + i, null, false));
            }
            while (log.failed() < 100) {
                Thread.sleep(5);
            }
            Files.createDirectory(file.getParent());
            log.add(line("GET", "/at last", null, false));
            await(log, 1);
            assertThat(log.dropped()).isZero();
        }
        assertThat(Files.readString(file)).contains("/at last");
    }

    @Test
    void fullQueueDropsAndCounts() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        ByteArrayOutputStream slow = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int count) {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.write(bytes, offset, count);
            }
        };
        int sent = 40_000;
        long taken;
        try (AccessLog log = AccessLog.start(settings("-", Format.COMMON), CLOCK, slow)) {
            for (int i = 0; i < sent; i++) {
                log.add(line("GET", "/", null, false));
            }
            assertThat(log.dropped()).isPositive();
            stuck.countDown();
            taken = sent - log.dropped();
            await(log, taken);
        }
        assertThat(slow.toString(StandardCharsets.UTF_8).lines()).hasSize((int) taken);
    }

    private static void await(AccessLog log, long lines) throws InterruptedException {
        while (log.written() < lines) {
            Thread.sleep(2);
        }
    }

    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, ECDHE-RSA-AES256-GCM-SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, ECDHE-ECDSA-AES128-SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA, AES128-SHA",
        "TLS_RSA_WITH_AES_256_GCM_SHA384, AES256-GCM-SHA384",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA, DHE-RSA-AES256-SHA",
        "TLS_AES_256_GCM_SHA384, TLS_AES_256_GCM_SHA384",
        "'', ''",
    })
    void ciphersHaveOpenSslsNames(String suite, String name) {
        assertThat(new CipherNames().openSsl(suite)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "1499999, 0.001",
        "1500000, 0.002",
        "12000000, 0.012",
        "999600000, 1.000",
        "61007000000, 61.007"
    })
    void secondsHaveThreeDecimals(long nanos, String seconds) {
        assertThat(AccessJson.seconds(nanos)).isEqualTo(seconds);
    }
}
