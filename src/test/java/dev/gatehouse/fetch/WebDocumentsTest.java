package dev.gatehouse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.RecordingBackend;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** REQ-48: a server that gives out its head byte by byte holds up no start. */
@Timeout(30)
class WebDocumentsTest {
    @Test
    void headThatNeverEndsIsCut() throws Exception {
        try (RecordingBackend server = new RecordingBackend();
                WebDocuments documents = new WebDocuments("text/html", 1000)) {
            server.answers(request -> {
                request.wire().write("HTTP/1.1 200 OK\r\nX-Long: ");
                for (int i = 0; i < 200 && !request.wire().endsWithin(50); i++) {
                    request.wire().write("x");
                }
            });
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/page.html");
            long start = System.nanoTime();
            assertThatThrownBy(() -> documents.get(address, Duration.ofSeconds(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("there was no whole answer within 1000 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(server.take().head().value("Accept")).isEqualTo("text/html");
        }
    }
}
