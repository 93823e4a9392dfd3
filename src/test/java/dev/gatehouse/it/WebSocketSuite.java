package dev.gatehouse.it;

import dev.gatehouse.testkit.WebSocketWire;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** WebSocket sessions with both ends in the hands of the test. */
interface WebSocketSuite extends Suite {
    /** Both ends of one session, the backend's driven by the test. */
    record Pair(WebSocketWire client, WebSocketWire backend) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            backend.close();
        }
    }

    default Pair pair() throws Exception {
        return pair("plain.example");
    }

    default Pair pair(String host) throws Exception {
        CompletableFuture<WebSocketWire> accepted = new CompletableFuture<>();
        CompletableFuture<Void> released = new CompletableFuture<>();
        backends().plain.answers(request -> {
            accepted.complete(WebSocketWire.accept(request, ""));
            released.get(5, TimeUnit.MINUTES); // the test's thread owns the wire
        });
        WebSocketWire client = openWebSocket(host, "/");
        return new Pair(client, accepted.get(5, TimeUnit.SECONDS));
    }
}
