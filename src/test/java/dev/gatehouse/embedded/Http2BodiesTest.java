package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of HTTP/2 clients, which have no framing fields, and whose leaving is the end of a stream alone. */
@Timeout(60)
class Http2BodiesTest {
    @TempDir
    static Path directory;

    private static TestGateway gateway;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway(directory, "", 10, "");
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(RawClient.trustAll())
                .build();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    @BeforeEach
    void forget() throws IOException {
        gateway.backend.reset();
    }

    @Test // REQ-43: without a length, and long enough for a temporary file
    void uploadWithoutLengthArrivesWhole() throws Exception {
        byte[] body = new byte[300_000];
        HttpRequest request = request()
                .PUT(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(gateway.backend.take().body()).hasSize(body.length);
    }

    @Test // REQ-38: client gone first, its connection stays
    void resetStreamFreesASilentBackend() throws Exception {
        CompletableFuture<Long> ended = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            assertThat(request.wire().endsWithin(8_000)).isTrue();
            ended.complete(System.nanoTime());
        });
        CompletableFuture<HttpResponse<String>> pending =
                client.sendAsync(request().build(), BodyHandlers.ofString());
        gateway.backend.take();
        Thread.sleep(200);
        long left = System.nanoTime();
        pending.cancel(true);
        assertThat(TimeUnit.NANOSECONDS.toMillis(ended.get(12, TimeUnit.SECONDS) - left))
                .isLessThan(2_000);
    }

    @Test // REQ-38: the same between two events
    void resetStreamFreesABackendThatHasBegun() throws Exception {
        CompletableFuture<Long> ended = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent\n");
            assertThat(request.wire().endsWithin(8_000)).isTrue();
            ended.complete(System.nanoTime());
        });
        HttpResponse<InputStream> answer = client.send(request().build(), BodyHandlers.ofInputStream());
        assertThat(answer.body().read()).isEqualTo('e');
        long left = System.nanoTime();
        answer.body().close();
        assertThat(TimeUnit.NANOSECONDS.toMillis(ended.get(12, TimeUnit.SECONDS) - left))
                .isLessThan(2_000);
    }

    @Test // REQ-7: its window is closed, and the backend is done all the same
    void slowClientHoldsNoBackend() throws Exception {
        int size = 20_000_000;
        CompletableFuture<Void> done = new CompletableFuture<>();
        gateway.backend.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            request.wire().write(new byte[size]);
            done.complete(null);
        });
        HttpResponse<InputStream> answer = client.send(request().build(), BodyHandlers.ofInputStream());
        assertThat(answer.body().readNBytes(10)).hasSize(10);
        done.get(10, TimeUnit.SECONDS);
        assertThat(answer.body().readAllBytes()).hasSize(size - 10);
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.tlsPort + "/"));
    }
}
