package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.explain.DescribedRequest;
import dev.gatehouse.explain.Explainer;
import dev.gatehouse.explain.Explanation;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code forwarding.allowUnderscoreHeaders} and {@code forwarding.forwardNormalizedPath}, both against their default. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // lines end with CR LF
class ForwardingSwitchesTest {
    @TempDir
    static Path directory;

    private static RecordingBackend backend;
    private static GatewayServer server;
    private static LoadResult loaded;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        backend = new RecordingBackend();
        port = Samples.freePort();
        Path file = directory.resolve("gateway.json");
        try (InputStream gateway = ForwardingSwitchesTest.class.getResourceAsStream("/it/gateway.json")) {
            Files.copy(gateway, file);
        }
        Files.writeString(directory.resolve("gatehouse.local.json"), local());
        loaded = new ConfigurationReader().load(file, Optional.empty());
        server = GatewayServer.start(Samples.plan(loaded.configuration().orElseThrow()), GatewayContextListener::new);
    }

    private static String local() throws IOException {
        String backends = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> "\"10.0.0." + i + "\": \"127.0.0.1:" + backend.port() + "\", ")
                .collect(Collectors.joining());
        return "{ \"listen\": { \"ports\": { \"80\": " + port + ", \"8080\": " + Samples.freePort() + ", \"443\": "
                + Samples.freePort() + " } }, \"addresses\": { " + backends + "\"plain.backend.example\": \"127.0.0.1:"
                + backend.port() + "\" }, \"certificates\": { \"*\": { \"selfSigned\": true } },"
                + " \"forwarding\": { \"allowUnderscoreHeaders\": true, \"forwardNormalizedPath\": false } }";
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        backend.close();
    }

    @BeforeEach
    void forget() throws IOException {
        backend.reset();
    }

    @ParameterizedTest // REQ-4, REQ-22, REQ-33
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            quoteCharacter = '\0',
            value = {
                "GET http://fid.example/a/./b/../c?x=/../ - /a/./b/../c?x=/../",
                "GET http://fid.example/a/%2e%2E/%41 - /a/%2e%2E/%41",
                "GET http://fid.example/x X_Y:1;;X.Y:2;;X-Y:3;;x!:4 /x",
                "GET http://paths.example/images/../video/x - /images/../video/x",
                "GET http://overridden.example/a/../home/ - /override/a/../home/",
                "GET http://rewrite.example/a/%2e%2e/article/1/b X_Y:1 /article.aspx?id=1&title=b",
                "GET http://fid.example/../a - -",
                "GET http://fid.example/a%00 - -",
                "GET ws://fid.example/a/./b X_Y:1 /a/./b",
            })
    void whatIsSaidIsWhatHappens(String method, String url, String headers, String target) throws Exception {
        backend.answers(Agreement::answer);
        try (Wire wire = Wire.connect(port)) {
            DescribedRequest request = DescribedRequest.of(
                    method,
                    url,
                    headers == null ? List.of() : Arrays.asList(headers.split(";;", -1)),
                    "127.0.0.1:" + wire.localPort(),
                    Optional.empty());
            Explanation said = explain(request);
            Explanation.BackendHeadText head = said.backendRequest();
            assertThat(head == null ? null : targetOf(head.line())).isEqualTo(target);
            Agreement.holds(said, Agreement.send(wire, request), List.of(backend));
        }
    }

    @Test // REQ-4
    void fieldsWithUnusualNamesCross() throws Exception {
        try (Wire wire = Wire.connect(port)) {
            wire.write("GET / HTTP/1.1\r\nHost: fid.example\r\nX_User: a\r\nX-User: b\r\nx_user: c\r\n"
                    + "Connection: X_Hop\r\nX_Hop: d\r\n\r\n");
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
        Head head = backend.take().head();
        assertThat(head.values("X_User")).containsExactly("a", "c");
        assertThat(head.values("X-User")).containsExactly("b");
        assertThat(head.has("X_Hop")).isFalse(); // REQ-42
    }

    @Test // REQ-22: kept for the backend, and still no way around a path rule
    void explainNamesTheSwitches() throws Exception {
        Explanation said = explain(DescribedRequest.of(
                "GET", "http://paths.example/images/../video/x", List.of("X_Y: 1"), "127.0.0.1:1", Optional.empty()));
        assertThat(said.because().stream()
                        .map(reason ->
                                reason.origin() == null ? "" : reason.origin().path()))
                .contains("forwarding.forwardNormalizedPath", "forwarding.allowUnderscoreHeaders");
        assertThat(said.pathRule()).isEqualTo("videos");
    }

    private static String targetOf(String line) {
        return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }

    private static Explanation explain(DescribedRequest request) throws Exception {
        return new Explainer(loaded.configuration().orElseThrow(), loaded.origins(), List.of()).explain(request);
    }
}
