package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications as they are in use, with clients and servers that others wrote, through both modes. */
@Timeout(90)
interface ApplicationSuite extends Suite {
    ObjectMapper JSON = new ObjectMapper();

    /** Cookies as a browser keeps them, as far as one host goes. */
    final class Cookies implements CookieJar {
        private final Map<String, Cookie> kept = new ConcurrentHashMap<>();

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            cookies.forEach(cookie -> kept.put(cookie.name(), cookie));
        }

        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            return kept.values().stream().filter(cookie -> !cookie.secure()).toList();
        }
    }

    private static OkHttpClient client(CookieJar cookies) {
        return new OkHttpClient.Builder()
                .dns(name -> List.of(InetAddress.getLoopbackAddress()))
                .cookieJar(cookies)
                .readTimeout(30, TimeUnit.SECONDS)
                .build();
    }

    private Socket chat(String host, OkHttpClient http) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTransports(new String[] {"polling", "websocket"})
                .build();
        options.callFactory = http;
        options.webSocketFactory = http;
        return IO.socket(URI.create("http://" + host + ":" + home().httpPort()), options);
    }

    private static void end(OkHttpClient http) {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    // WS-15: without affinity the second request of a client reaches a server that does not know it.
    @ParameterizedTest
    @ValueSource(strings = {"applications.example", "applications-relayed.example"})
    default void socketIoBeginsWithPollingAndMovesToWebSocketOnTheSameServer(String host) throws Exception {
        OkHttpClient http = client(new Cookies());
        Socket socket = chat(host, http);
        try {
            BlockingQueue<List<Object>> acknowledged = new LinkedBlockingQueue<>();
            List<Object> said = new CopyOnWriteArrayList<>();
            socket.on("said", arguments -> said.add(arguments[0]));
            socket.connect();
            await().atMost(Duration.ofSeconds(20)).until(socket::connected);
            String server = upgraded(socket, acknowledged);
            said.clear();
            for (int i = 0; i < 100; i++) {
                say(socket, "number " + i, acknowledged);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(acknowledged.poll(10, TimeUnit.SECONDS)).containsExactly(server, "WEBSOCKET", "number " + i);
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> said.size() == 100);
            assertThat(said.get(99).toString()).contains("number 99");
        } finally {
            socket.disconnect();
            end(http);
        }
    }

    private static void say(Socket socket, String text, BlockingQueue<List<Object>> acknowledged) {
        socket.emit("say", new Object[] {text}, (Ack) arguments -> acknowledged.add(List.of(arguments)));
    }

    // The client begins to talk by polling and moves as soon as a probe of its own came back by WebSocket.
    private static String upgraded(Socket socket, BlockingQueue<List<Object>> acknowledged)
            throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() - end < 0) {
            say(socket, "hello", acknowledged);
            List<Object> answer = acknowledged.poll(10, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            if (answer.get(1).equals("WEBSOCKET")) {
                return (String) answer.get(0);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("the client never moved to WebSocket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.example", "relayed.example"})
    default void subscriptionOfGraphqlStreamsItsResults(String host) throws Exception {
        backends().plain.answers(ApplicationSuite::subscriptions);
        OkHttpClient http = client(CookieJar.NO_COOKIES);
        Recorder recorder = new Recorder();
        WebSocket session = http.newWebSocket(graphql(host), recorder);
        try {
            assertThat(recorder.next()).isEqualTo("open graphql-transport-ws");
            session.send("{\"type\":\"connection_init\",\"payload\":{\"token\":\"t\"}}");
            assertThat(recorder.next()).isEqualTo("{\"type\":\"connection_ack\"}");
            session.send("{\"type\":\"ping\"}");
            assertThat(recorder.next()).isEqualTo("{\"type\":\"pong\"}");
            session.send("{\"id\":\"7\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription { count }\"}}");
            for (int i = 0; i < 20; i++) {
                JsonNode next = JSON.readTree(recorder.next());
                assertThat(next.get("type").asText()).isEqualTo("next");
                assertThat(next.at("/payload/data/count").asInt()).isEqualTo(i);
            }
            assertThat(recorder.next()).isEqualTo("{\"type\":\"complete\",\"id\":\"7\"}");
            session.close(1000, "done");
            assertThat(recorder.next()).isEqualTo("closed 1000");
        } finally {
            end(http);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.example", "relayed.example"})
    default void refusalOfAGraphqlServerReachesItsClient(String host) throws Exception {
        backends().plain.answers(ApplicationSuite::subscriptions);
        OkHttpClient http = client(CookieJar.NO_COOKIES);
        Recorder recorder = new Recorder();
        WebSocket session = http.newWebSocket(graphql(host), recorder);
        try {
            assertThat(recorder.next()).isEqualTo("open graphql-transport-ws");
            session.send("{\"id\":\"7\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription { count }\"}}");
            assertThat(recorder.next()).isEqualTo("closing 4401 Unauthorized");
        } finally {
            end(http);
        }
    }

    private Request graphql(String host) {
        return new Request.Builder()
                .url("http://" + host + ":" + home().httpPort() + "/graphql")
                .header("Sec-WebSocket-Protocol", "graphql-transport-ws, graphql-ws")
                .build();
    }

    /** Says in words what a client of OkHttp saw. */
    final class Recorder extends WebSocketListener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            String event = events.poll(10, TimeUnit.SECONDS);
            return event == null ? "nothing" : event;
        }

        @Override
        public void onOpen(WebSocket session, Response response) {
            events.add("open " + response.header("Sec-WebSocket-Protocol"));
        }

        @Override
        public void onMessage(WebSocket session, String text) {
            events.add(text);
        }

        @Override
        public void onClosing(WebSocket session, int code, String reason) {
            if (code != 1000) {
                events.add("closing " + code + " " + reason);
            }
            session.close(1000, null);
        }

        @Override
        public void onClosed(WebSocket session, int code, String reason) {
            if (code == 1000) {
                events.add("closed " + code);
            }
        }

        @Override
        public void onFailure(WebSocket session, Throwable cause, Response response) {
            events.add("failed " + cause);
        }
    }

    private static void subscriptions(Received request) throws IOException {
        try (WebSocketWire session =
                WebSocketWire.accept(request, "Sec-WebSocket-Protocol: graphql-transport-ws\r\n")) {
            boolean isKnown = false;
            for (WebSocketWire.Frame message = session.readMessage(); ; message = session.readMessage()) {
                if (message.opcode() == WebSocketWire.CLOSE) {
                    session.send(true, WebSocketWire.CLOSE, message.payload());
                    return;
                }
                JsonNode call = JSON.readTree(message.text());
                String type = call.get("type").asText();
                if (type.equals("subscribe") && !isKnown) {
                    session.sendClose(4401, "Unauthorized");
                    session.readMessage();
                    return;
                }
                isKnown |= type.equals("connection_init");
                answer(session, type, call);
            }
        }
    }

    private static void answer(WebSocketWire session, String type, JsonNode call) throws IOException {
        switch (type) {
            case "connection_init" -> session.sendText("{\"type\":\"connection_ack\"}");
            case "ping" -> session.sendText("{\"type\":\"pong\"}");
            case "subscribe" -> {
                String id = call.get("id").asText();
                for (int i = 0; i < 20; i++) {
                    session.sendText(
                            "{\"type\":\"next\",\"id\":\"" + id + "\",\"payload\":{\"data\":{\"count\":" + i + "}}}");
                }
                session.sendText("{\"type\":\"complete\",\"id\":\"" + id + "\"}");
            }
            default -> throw new AssertionError(call);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.example", "relayed.example"})
    default void pageInABrowserTalksToItsServer(String host) throws Exception {
        BlockingQueue<JsonNode> reports = new LinkedBlockingQueue<>();
        BlockingQueue<List<String>> offers = new LinkedBlockingQueue<>();
        backends().plain.answers(request -> page(request, reports, offers));
        try (Browser browser = Browser.open("http://" + host + ":" + home().httpPort() + "/page")) {
            JsonNode saw = browser.await(reports);
            assertThat(saw.get("protocol").asText()).isEqualTo("v2.page");
            assertThat(saw.get("text").asBoolean()).isTrue();
            assertThat(saw.get("binary").asBoolean()).isTrue();
            assertThat(saw.get("code").asInt()).isEqualTo(4001);
            assertThat(saw.get("reason").asText()).isEqualTo("that is all, 𝄞");
            assertThat(saw.get("clean").asBoolean()).isTrue();
            boolean isRelay = host.startsWith("relayed");
            List<String> offered = offers.poll(1, TimeUnit.SECONDS);
            assertThat(String.join(",", offered))
                    .isEqualTo(isRelay ? "permessage-deflate; client_max_window_bits" : "");
            if (isRelay) { // WS-42: agreed upon by browser and server, frame by frame
                assertThat(saw.get("extensions").asText()).startsWith("permessage-deflate");
            }
        }
    }

    private static void page(Received request, BlockingQueue<JsonNode> reports, BlockingQueue<List<String>> offers)
            throws IOException {
        if (!request.head().values("Upgrade").isEmpty()) {
            offers.add(request.head().values("Sec-WebSocket-Extensions"));
            echo(request);
        } else if (request.head().target().equals("/page")) {
            byte[] html = Browser.PAGE.getBytes(StandardCharsets.UTF_8);
            request.answer("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + html.length
                    + "\r\n\r\n" + new String(html, StandardCharsets.ISO_8859_1));
        } else if (request.head().target().equals("/report")) {
            reports.add(JSON.readTree(request.body()));
            request.ok("thanks");
        } else {
            request.answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        }
    }

    // Frames go back as they came, compressed or not: without context takeover each message stands by itself.
    private static void echo(Received request) throws IOException {
        boolean isOffered = !request.head().values("Sec-WebSocket-Extensions").isEmpty();
        request.wire()
                .write(WebSocketWire.acceptance(
                        request,
                        "Sec-WebSocket-Protocol: v2.page\r\n"
                                + (isOffered
                                        ? "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                                                + " client_no_context_takeover\r\n"
                                        : "")));
        int whole = 0;
        while (whole < 2) {
            Wire wire = request.wire();
            int first = wire.read();
            int length = wire.read() & 0x7f;
            if (length > 125) {
                length = Math.toIntExact(
                        length == 126
                                ? ByteBuffer.wrap(wire.readBytes(2)).getShort() & 0xffff
                                : ByteBuffer.wrap(wire.readBytes(8)).getLong());
            }
            byte[] key = wire.readBytes(4);
            byte[] payload = wire.readBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= key[i & 3];
            }
            if ((first & 8) == 0) {
                byte[] frame = WebSocketWire.encode((first & 0x80) != 0, first & 0x0f, payload, false);
                frame[0] = (byte) first;
                wire.write(frame);
                whole += (first & 0x80) == 0 ? 0 : 1;
            }
        }
        WebSocketWire session = WebSocketWire.server(request);
        session.sendClose(4001, "that is all, 𝄞");
        session.readMessage();
    }
}
