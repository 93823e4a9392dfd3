package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds a request thread when the application goes. */
@Timeout(60)
class UndeployTest {
    @Test
    void uploadThatTricklesEndsWithTheApplication() throws Exception {
        try (RecordingBackend backend = new RecordingBackend();
                ForwardHarness gateway = ForwardHarness.to(new ForwardHarness.Settings(), backend.port());
                Wire client = Wire.connect(gateway.port())) {
            client.write("POST /plain/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.writeChunk("first");
            assertThat(client.isQuietFor(300)).isTrue(); // it is read on
            gateway.beginStop();
            client.writeChunk("second");
            assertThat(client.readFinalHead().status()).isEqualTo(503);
            assertThat(backend.recorded()).isZero();
        }
    }
}
