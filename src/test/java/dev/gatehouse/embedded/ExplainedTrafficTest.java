package dev.gatehouse.embedded;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.explain.DescribedRequest;
import dev.gatehouse.explain.Explainer;
import dev.gatehouse.explain.Explanation;
import dev.gatehouse.gateway.GatewayContextListener;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every request is explained first and sent then: what was said must be what happens, to the last field. */
@Timeout(60)
class ExplainedTrafficTest {
    @TempDir
    static Path directory;

    private static RecordingBackend backend;
    private static GatewayServer server;
    private static LoadResult loaded;
    private static int httpPort;
    private static int extraPort;
    private static int httpsPort;

    @BeforeAll
    static void start() throws Exception {
        backend = new RecordingBackend();
        httpPort = Samples.freePort();
        extraPort = Samples.freePort();
        httpsPort = Samples.freePort();
        Path file = directory.resolve("gateway.json");
        try (InputStream gateway = ExplainedTrafficTest.class.getResourceAsStream("/it/gateway.json")) {
            Files.copy(gateway, file);
        }
        Files.writeString(directory.resolve("gatehouse.local.json"), local());
        loaded = new ConfigurationReader().load(file, Optional.empty());
        server = GatewayServer.start(Samples.plan(loaded.configuration().orElseThrow()), GatewayContextListener::new);
    }

    private static String local() {
        String backends = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> "\"10.0.0." + i + "\": \"127.0.0.1:" + backend.port() + "\", ")
                .collect(Collectors.joining());
        return "{ \"listen\": { \"ports\": { \"80\": " + httpPort + ", \"8080\": " + extraPort + ", \"443\": "
                + httpsPort
                + " } }, \"addresses\": { " + backends + "\"plain.backend.example\": \"127.0.0.1:" + backend.port()
                + "\" }, \"certificates\": { \"*\": { \"selfSigned\": true } },"
                + " \"webSocket\": { \"allowedOrigins\": [ \"https://good.example\" ] } }";
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            quoteCharacter = '\0',
            value = {
                "GET http://plain.example/ -",
                "GET http://plain.example -",
                "GET http://plain.example?x=1 -",
                "HEAD http://plain.example/a%2Fb%5c/c|d?x={1}&y=[2]^` Accept:*/*",
                "GET http://plain.example//x//admin;v=1?q=//../ X-B:2;;x-a:1;;X-B:3",
                "GET http://plain.example/a/./b/../c?x=/../ -",
                "GET http://plain.example/a/%2e%2e/c -",
                "GET http://plain.example/a? -",
                "GET http://plain.example/a#part -",
                "GET http://PLAIN.example/x -",
                "GET http://plain.example/x Host:plain.example.",
                "GET http://plain.example/x Host:plain.example:8080",
                "GET http://plain.example/x Host:paths.example",
                "POST http://plain.example/p Content-Length:3;;Content-Type:text/plain",
                "POST http://plain.example/p Content-Length:0",
                "PUT http://plain.example/p Transfer-Encoding:chunked;;Expect:100-continue",
                "PUT http://plain.example/p Transfer-Encoding:chunked;;Trailer:X-Sum,Host;;TE:trailers",
                "DELETE http://plain.example/p -",
                "PROPFIND http://plain.example/p Depth:1",
                "OPTIONS http://plain.example/p -",
                "GET http://plain.example/h X_Y:1;;X-Forwarded-For:1.2.3.4;;X-Forwarded-Proto:gopher;;Cookie:a=b",
                "GET http://plain.example/h X-Forwarded-For:1.2.3.4;;X-Forwarded-For:5.6.7.8;;X-Original-URL:/evil",
                "GET http://plain.example/h Connection:close,x-private;;X-Private:1;;Keep-Alive:5;;TE:trailers",
                "GET http://plain.example/h Proxy-Authorization:x;;Authorization:Basic;;X-AppGW-Trace-Id:mine",
                "GET http://plain.example/h Upgrade:h2c;;Connection:Upgrade",
                "GET http://hosted.example/x -",
                "GET http://picked.example/x -",
                "GET http://overridden.example/home/?a=b -",
                "GET http://two.example/ -",
                "GET http://sel-affinity.example/ Cookie:SelIt=unknown;;X-A:1",
                "GET http://sel-dedicated.example/ -",
                "GET http://sel-spread.example/a?b -",
                "GET http://sel-least.example/ -",
                "GET http://sel-hash.example/ -",
                "GET ws://sel-affinity.example/chat Origin:https://good.example",
                "GET ws://sel-hash.example/chat Origin:https://good.example",
                "GET http://any.wild.example/ -",
                "GET http://second.example/ -",
                "GET http://paths.example/IMAGES/a.png -",
                "GET http://paths.example/images/hidden/a -",
                "GET http://paths.example/images/../video/x -",
                "GET http://paths.example/exact -",
                "GET http://paths.example/exact/ -",
                "GET http://paths.example/PathRule/home/secondhome/ -",
                "GET http://paths.example/old/page?x=1 -",
                "GET http://redirected.example/a%20b?c=d -",
                "POST http://redirected.example/ Content-Length:2",
                "GET http://nothing.example:8080/x -",
                "GET https://plain.example/x -",
                "GET https://nothing.example/x?y -",
                "GET http://rewrite.example/article/12/x?y Cookie:sid=7;;X-Secret:1;;X-Forwarded-For:1.2.3.4", // REQ-31
                "GET http://rewrite.example/article/x X-Host:inner.example;;Authorization:Basic",
                "POST http://rewrite.example/article/1/b Content-Length:3;;X-Hostile:aaaa",
                "GET http://rewrite.example/a/%2e%2e/article/1/b -",
                "GET ws://rewrite.example/chat/room?x Origin:https://good.example;;Sec-WebSocket-Protocol:chat",
                "GET http://rewrite-map.example/old/a?x -", // REQ-32
                "GET http://rewrite-map.example/images/away?x -",
                "GET http://rewrite-map.example/stay/x?y -",
                "GET http://rewrite-map.example/loop/x -",
                "GET http://rewrite-map.example/loop/x X-Stop:1",
                "GET http://rewrite-map.example/other -",
                "GET http://nobody.example/ -",
                "GET http://empty.example/ -",
                "GET http://plain.example/.. -",
                "GET http://plain.example/a/%2e%2e/../b -",
                "GET http://plain.example/a%00b -",
                "GET http://plain.example/%zz -",
                "GET http://plain.example/100% -",
                "GET http://plain.example/?%zz -",
                "TRACE http://plain.example/ -",
                "GET123 http://plain.example/ -",
                "GET http://plain.example/ Host:a:b:c",
                "GET http://plain.example/ Host:",
                "GET http://plain.example/ Host:plain.example;;Host:plain.example",
                "GET http://plain.example/ Authorization:a;;Authorization:b",
                "GET ws://plain.example/chat?x={1} Origin:https://good.example;;Sec-WebSocket-Protocol:chat,superchat",
                "GET ws://any.wild.example/chat Origin:https://GOOD.example;;Sec-WebSocket-Extensions:permessage-deflate",
                "GET http://plain.example/chat Upgrade:websocket;;Origin:https://good.example;;Cookie:a=b",
                "GET wss://site.example/chat Origin:https://good.example",
                "GET ws://hosted.example/chat Origin:https://good.example",
                "GET ws://overridden.example/chat Origin:https://good.example",
                "GET ws://redirected.example/chat -",
                "GET ws://nobody.example/chat -",
                "GET ws://empty.example/chat Origin:https://good.example",
                "GET ws://plain.example/chat Origin:https://evil.example",
                "GET ws://plain.example/chat -",
                "GET http://plain.example/chat Upgrade:websocket;;Connection:Upgrade",
                "GET http://plain.example/chat Upgrade:websocket;;Connection:Upgrade;;Sec-WebSocket-Version:13",
                "GET http://plain.example/chat Upgrade:websocket;;Connection:close;;Sec-WebSocket-Version:13",
                "GET http://plain.example/chat Upgrade:websocket;;Connection:Upgrade;;Sec-WebSocket-Version:8",
                "POST http://plain.example/chat Upgrade:websocket;;Content-Length:1",
            })
    void whatIsSaidIsWhatHappens(String method, String url, String headers) throws Exception {
        backend.answers(Agreement::answer);
        try (Wire wire = connect(url)) {
            DescribedRequest request = DescribedRequest.of(
                    method,
                    url,
                    headers == null ? List.of() : Arrays.asList(headers.split(";;", -1)),
                    "127.0.0.1:" + wire.localPort(),
                    Optional.empty());
            Explanation said =
                    new Explainer(loaded.configuration().orElseThrow(), loaded.origins(), List.of()).explain(request);
            Agreement.holds(said, Agreement.send(wire, request), List.of(backend));
        }
    }

    private static Wire connect(String url) throws IOException {
        if (url.startsWith("https") || url.startsWith("wss")) {
            return Wire.connectTls(httpsPort, "site.example");
        }
        return Wire.connect(url.contains(":8080/") ? extraPort : httpPort);
    }
}
