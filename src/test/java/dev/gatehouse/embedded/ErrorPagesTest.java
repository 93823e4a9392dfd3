package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-48: pages are fetched when a configuration begins to be served, and kept. */
@Timeout(60)
class ErrorPagesTest {
    private static final String GATEWAY = """
            { "type": "Microsoft.Network/applicationGateways", "name": "g", "properties": {
              "sku": { "name": "Standard_v2", "tier": "Standard_v2" },
              "frontendIPConfigurations": [{ "name": "fe", "properties": {
                "publicIPAddress": { "id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/publicIPAddresses/ip" } } }],
              "frontendPorts": [{ "name": "p", "properties": { "port": 80 } }],
              "backendAddressPools": [{ "name": "empty", "properties": { "backendAddresses": [] } }],
              "backendHttpSettingsCollection": [{ "name": "s", "properties": { "port": 80, "protocol": "Http" } }],
              "httpListeners": [{ "name": "l", "properties": { "protocol": "Http",
                "frontendIPConfiguration": { "id": "#/frontendIPConfigurations/fe" },
                "frontendPort": { "id": "#/frontendPorts/p" } } }],
              "requestRoutingRules": [{ "name": "r", "properties": { "ruleType": "Basic", "priority": 1,
                "httpListener": { "id": "#/httpListeners/l" },
                "backendAddressPool": { "id": "#/backendAddressPools/empty" },
                "backendHttpSettings": { "id": "#/backendHttpSettingsCollection/s" } } }],
              "customErrorConfigurations": [{ "statusCode": "HttpStatus502", "customErrorPageUrl": "PAGE" }],
              "globalConfiguration": { "disableDefaultServerHeaderInResponse": SILENT } } }
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void pageOfAWebServerIsFetchedOnceAndKept() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        HttpServer web = web(200, "<p>away</p>", fetches);
        int port = Samples.freePort();
        try (ServedGateway gateway = serve(port, urlOf(web), false)) {
            web.stop(0);
            assertThat(answer(gateway, port)).startsWith("HTTP/1.1 502 ").endsWith("<p>away</p>");
            assertThat(answer(gateway, port)).endsWith("<p>away</p>");
            assertThat(fetches).hasValue(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"404, 10", "500, 10", "204, 0", "200, 1048577"})
    void pageThatCannotBeHadLeavesTheBuiltInOne(int status, int size) throws Exception {
        HttpServer web = web(status, "x".repeat(size), new AtomicInteger());
        int port = Samples.freePort();
        try (ServedGateway gateway = serve(port, urlOf(web), false)) {
            assertThat(answer(gateway, port)).startsWith("HTTP/1.1 502 ").contains("<h1>502 Bad Gateway</h1>");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void pageOfAFileIsReadWhenServingBegins() throws Exception {
        Path page = Files.writeString(directory.resolve("502.html"), "<p>first</p>");
        int port = Samples.freePort();
        try (ServedGateway gateway = serve(port, "502.html", false)) {
            Files.writeString(page, "<p>second</p>");
            assertThat(answer(gateway, port)).endsWith("<p>first</p>").contains("Server: Gatehouse");
        }
    }

    @Test // REQ-47
    void serverHeaderStaysAwayWhereItIsDisabled() throws Exception {
        int port = Samples.freePort();
        try (ServedGateway gateway = serve(port, "missing.html", true)) {
            assertThat(answer(gateway, port))
                    .startsWith("HTTP/1.1 502 ")
                    .doesNotContain("Server:")
                    .doesNotContain("Gatehouse");
        }
    }

    private ServedGateway serve(int port, String page, boolean isSilent) throws IOException, StartRefusedException {
        return ServedGateway.start(
                directory,
                GATEWAY.replace("PAGE", page).replace("SILENT", Boolean.toString(isSilent)),
                "{ \"listen\": { \"ports\": { \"80\": " + port + " } } }");
    }

    private static String answer(ServedGateway gateway, int port) throws IOException {
        assertThat(gateway.loaded().hasErrors()).isFalse();
        return RawClient.get(port, "/");
    }

    private static HttpServer web(int status, String body, AtomicInteger fetches) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            fetches.incrementAndGet();
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String urlOf(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/502.html";
    }
}
