package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.embedded.BackendCertificates.Situation;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TlsServer;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** TLS-40 to TLS-45: each certificate is judged alike for requests, both kinds of sessions and probes. */
@Timeout(120)
class BackendCertificatesTest {
    private static final List<Situation> SITUATIONS = BackendCertificates.all();
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.gatehouse.exchange");

    @TempDir
    static Path directory;

    private static final List<RecordingBackend> BACKENDS = new ArrayList<>();
    private static ServedGateway gateway;
    private static int port;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeAll
    static void start() throws Exception {
        port = Samples.freePort();
        List<String> pools = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        List<String> probes = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        List<String> relays = new ArrayList<>();
        for (int i = 0; i < SITUATIONS.size(); i++) {
            Situation row = SITUATIONS.get(i);
            RecordingBackend backend =
                    new RecordingBackend(TlsServer.sending(row.shown().keys().getPrivate(), row.sent()));
            backend.answers(request -> {
                if (request.head().value("Upgrade").equals("websocket")) {
                    request.wire().write(WebSocketWire.acceptance(request, ""));
                    request.wire().endsWithin(10_000);
                } else {
                    request.ok("ok");
                }
            });
            BACKENDS.add(backend);
            boolean isName = row.member().endsWith(".test");
            pools.add("{ \"name\": \"b" + i + "\", \"backendAddresses\": [{ \"" + (isName ? "fqdn" : "ipAddress")
                    + "\": \"" + row.member() + "\" }] }");
            probes.add("{ \"name\": \"probe" + i + "\", \"protocol\": \"Https\", \"path\": \"/\", \"host\": \""
                    + row.probedName() + "\", \"interval\": 3600, \"timeout\": 5, \"unhealthyThreshold\": 3 }");
            for (String kind : List.of("h", "r", "p")) {
                settings.add("{ \"name\": \"" + kind + i + "\", \"port\": " + backend.port()
                        + ", \"protocol\": \"Https\", \"probe\": \"probe" + i + "\", " + row.settings() + " }");
                paths.add("{ \"name\": \"" + kind + i + "\", \"paths\": [\"/" + kind + i + "/*\"],"
                        + " \"backendAddressPool\": \"b" + i + "\", \"backendHttpSettings\": \"" + kind + i + "\" }");
            }
            relays.add("\"r" + i + "\": \"relay\"");
        }
        gateway = ServedGateway.start(
                directory,
                """
                { "name": "g", "sku": { "tier": "Standard_v2" },
                  "frontendIPConfigurations": [{ "name": "fe" }],
                  "frontendPorts": [{ "name": "p80", "port": 80 }],
                  "trustedRootCertificates": [ { "name": "root", "data": "$ROOT" }, { "name": "other", "data": "$OTHER" },
                    { "name": "self", "data": "$SELF" }, { "name": "der", "data": "$DER" } ],
                  "authenticationCertificates": [ { "name": "pin", "data": "$PIN" } ],
                  "backendAddressPools": [ $POOLS ], "backendHttpSettingsCollection": [ $SETTINGS ], "probes": [ $PROBES ],
                  "urlPathMaps": [{ "name": "map", "defaultBackendAddressPool": "b0", "defaultBackendHttpSettings": "h0",
                    "pathRules": [ $PATHS ] }],
                  "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p80",
                    "protocol": "Http" }],
                  "requestRoutingRules": [{ "name": "r", "priority": 1, "ruleType": "PathBasedRouting",
                    "httpListener": "l", "urlPathMap": "map" }] }
                """.replace("$ROOT", data(BackendCertificates.ROOT))
                        .replace("$OTHER", data(BackendCertificates.OTHER))
                        .replace("$SELF", data(BackendCertificates.SELF))
                        .replace("$PIN", data(BackendCertificates.PINNED))
                        .replace("$DER", der(BackendCertificates.ROOT))
                        .replace("$POOLS", String.join(", ", pools))
                        .replace("$SETTINGS", String.join(", ", settings))
                        .replace("$PROBES", String.join(", ", probes))
                        .replace("$PATHS", String.join(", ", paths)),
                "{ \"listen\": { \"ports\": { \"80\": " + port + " } }, \"addresses\": { \"*.test\": \"127.0.0.1\" },"
                        + " \"webSocket\": { \"modes\": { "
                        + String.join(", ", relays) + " } } }");
        await().atMost(Duration.ofSeconds(30)).until(BackendCertificatesTest::isProbed);
        // Traffic shall try all the same: what a probe found is shown by the third settings of a row.
        gateway.snapshot().pools().stream()
                .filter(pool -> !pool.toString().contains("~p"))
                .forEach(pool -> pool.members().forEach(member -> pool.become(member, Health.HEALTHY, "test")));
    }

    private static String data(TestCa ca) {
        return Base64.getEncoder().encodeToString(ca.pem().getBytes(StandardCharsets.US_ASCII));
    }

    private static String der(TestCa ca) throws CertificateEncodingException {
        return Base64.getEncoder().encodeToString(ca.certificate().getEncoded());
    }

    private static boolean isProbed() {
        return gateway.snapshot().pools().stream()
                .flatMap(pool -> pool.members().stream())
                .allMatch(member -> member.lastProbe().isPresent() && member.health() != Health.UNKNOWN);
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        for (RecordingBackend backend : BACKENDS) {
            backend.close();
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(lines);
    }

    static Stream<Situation> situations() {
        return SITUATIONS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void certificateIsJudgedAlikeByAll(Situation row) throws Exception {
        int number = SITUATIONS.indexOf(row);
        boolean isAccepted = row.refusal().isEmpty();
        try (Wire wire = Wire.connect(port)) {
            wire.write("GET /h" + number + "/ HTTP/1.1\r\nHost: " + row.host() + "\r\nConnection: close\r\n\r\n");
            assertThat(wire.readFinalHead().status()).as("request").isEqualTo(isAccepted ? 200 : 502);
        }
        for (String kind : List.of("h", "r")) {
            try (Wire wire = Wire.connect(port)) {
                wire.write(WebSocketWire.handshake("/" + kind + number + "/", row.host(), ""));
                int status = wire.readFinalHead().status();
                assertThat(status).as(kind).isEqualTo(isAccepted ? 101 : 502);
            }
        }
        Upstream probed = gateway.snapshot().pools().stream()
                .filter(pool -> pool.toString().equals("b" + number + "~p" + number))
                .flatMap(pool -> pool.members().stream())
                .findFirst()
                .orElseThrow();
        String log = probed.lastProbe().orElseThrow().log();
        assertThat(probed.health()).as(log).isEqualTo(isAccepted ? Health.HEALTHY : Health.UNHEALTHY);
        if (!isAccepted) {
            assertThat(log).contains(row.refusal());
            List<String> said = lines.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(line -> line.startsWith("BACKEND_TLS"))
                    .toList();
            assertThat(said).as("one line each").hasSize(3).allMatch(line -> line.contains(row.refusal()));
        }
    }
}
