package dev.gatehouse.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseStatusTest {
    @ParameterizedTest
    @CsvSource({ // websocket.md 5
        "0, 1002",
        "999, 1002",
        "1000, 1000",
        "1001, 1001",
        "1002, 1002",
        "1003, 1003",
        "1004, 1002",
        "1005, 1005",
        "1006, 1002",
        "1007, 1007",
        "1008, 1008",
        "1009, 1009",
        "1010, 1010",
        "1011, 1011",
        "1012, 1012",
        "1013, 1013",
        "1014, 1014",
        "1015, 1011",
        "1016, 1002",
        "2999, 1002",
        "3000, 3000",
        "3999, 3999",
        "4000, 4000",
        "4999, 4999",
        "5000, 1002",
        "65535, 1002",
    })
    void codesAreRelayedAsTheTableSays(int received, int told) {
        assertThat(new CloseStatus(received, "why").relayed()).isEqualTo(new CloseStatus(told, "why"));
    }

    @Test
    void payloadReadsBack() throws Exception {
        CloseStatus status = new CloseStatus(4999, "bis später");
        assertThat(CloseStatus.parse(status.payload())).isEqualTo(status);
        assertThat(CloseStatus.parse(ByteBuffer.allocate(0))).isEqualTo(CloseStatus.of(CloseCode.NO_STATUS));
        assertThat(CloseStatus.of(CloseCode.NO_STATUS).payload().remaining()).isZero();
    }

    @Test
    void longReasonIsCutBetweenCharacters() {
        String reason = "x".repeat(120) + "\uD83D\uDE00" + "y";
        ByteBuffer payload = new CloseStatus(1000, reason).payload();
        assertThat(payload.remaining()).isEqualTo(122);
        assertThat(CloseStatus.shortened("ä".repeat(100)).getBytes(StandardCharsets.UTF_8))
                .hasSize(122);
    }

    @Test
    void brokenPayloadIsRefused() {
        assertThatThrownBy(() -> CloseStatus.parse(ByteBuffer.wrap(new byte[] {3})))
                .isInstanceOf(WebSocketProtocolException.class);
        assertThatThrownBy(() -> CloseStatus.parse(ByteBuffer.wrap(new byte[] {3, (byte) 0xE8, (byte) 0xC0})))
                .extracting(e -> ((WebSocketProtocolException) e).closeCode())
                .isEqualTo(1007);
    }
}
