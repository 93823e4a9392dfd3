package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ListenAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SampleBackendsTest {
    private static TomcatServer server;
    private static List<Integer> ports;

    @BeforeAll
    static void start() throws Exception {
        ListenAddress any = new ListenAddress("127.0.0.1", 0);
        server = SampleBackends.start(List.of(any, any));
        ports = server.localPorts();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void rootIsTheChatPageAndOtherPathsMirrorTheRequest() throws Exception {
        assertThat(RawClient.get(ports.get(0), "/")).contains("200", "text/html", "new WebSocket");
        assertThat(RawClient.get(ports.get(1), "/a%2Fb?c"))
                .contains("backend 127.0.0.1:" + ports.get(1), "GET /a%2Fb?c HTTP/1.1", "Host: a.example");
    }

    @Test
    void textReachesEverybodyOnBothBackendsAndSuperchatIsChosen() throws Exception {
        Recorder one = new Recorder();
        Recorder two = new Recorder();
        WebSocket first = connect(ports.get(0), one);
        WebSocket second = connect(ports.get(1), two);
        first.sendText("hello", true).get(5, TimeUnit.SECONDS);

        assertThat(first.getSubprotocol()).isEqualTo("superchat");
        assertThat(one.texts.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(two.texts.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
        first.abort();
        second.abort();
    }

    private static WebSocket connect(int port, Recorder recorder) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("chat", "superchat")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat"), recorder)
                .get(5, TimeUnit.SECONDS);
    }

    private static final class Recorder implements WebSocket.Listener {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            texts.add(data.toString());
            webSocket.request(1);
            return null;
        }
    }
}
