package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.WebSocketWire.Frame;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WS-24, WS-37, websocket.md section 5: how a session ends, and what the other side is told. */
interface WebSocketCloseSuite extends WebSocketSuite {
    @ParameterizedTest // section 5, section 9 item 6
    @CsvSource({
        "1000, done",
        "1001, going",
        "1002, proto",
        "1003, data",
        "1007, utf",
        "1008, policy",
        "1009, big",
        "1011, oops",
        "3000, lib",
        "3001, lib",
        "4000, app",
        "4999, caf\u00e9",
        "1000, ''",
    })
    default void closeIsRelayedFromEitherSide(int code, String reason) throws Exception {
        try (Pair pair = pair()) {
            pair.client().sendClose(code, reason);
            assertClose(pair.backend().readClose(), code, reason);
            assertThat(pair.client().readMessage().opcode()).isEqualTo(WebSocketWire.CLOSE);
            assertThat(pair.client().wire().endsWithin(6_000))
                    .as("gateway closes TCP")
                    .isTrue();
        }
        try (Pair pair = pair()) {
            pair.backend().sendClose(code, reason);
            assertClose(pair.client().readClose(), code, reason);
            assertThat(pair.backend().readMessage().opcode()).isEqualTo(WebSocketWire.CLOSE);
            assertThat(pair.client().wire().endsWithin(6_000))
                    .as("gateway closes TCP")
                    .isTrue();
        }
    }

    @ParameterizedTest // section 5, trap T3
    @ValueSource(ints = {1012, 1013, 1014})
    default void laterCloseCodesAreRelayedFromTheBackend(int code) throws Exception {
        try (Pair pair = pair()) {
            pair.backend().sendClose(code, "later");
            assertThat(pair.client().readClose().closeCode()).isEqualTo(code);
        }
    }

    @ParameterizedTest // section 5, trap T3
    @ValueSource(ints = {1012, 1013, 1014})
    default void laterCloseCodesAreRelayedFromTheClient(int code) throws Exception {
        try (Pair pair = pair()) {
            pair.client().sendClose(code, "later");
            assertThat(pair.backend().readClose().closeCode())
                    .isEqualTo(has(KnownLimit.CLIENT_CLOSE_CODES) ? 1002 : code);
        }
    }

    @Test // section 5: 1005 never stands in a frame; where it cannot be told from 1000, 1000
    default void closeWithoutCodeStaysHarmless() throws Exception {
        try (Pair pair = pair()) {
            pair.client().send(true, WebSocketWire.CLOSE, new byte[0]);
            assertThat(pair.backend().readClose().closeCode()).isIn(1005, 1000);
        }
        try (Pair pair = pair()) {
            pair.backend().send(true, WebSocketWire.CLOSE, new byte[0]);
            assertThat(pair.client().readClose().closeCode()).isIn(1005, 1000);
        }
    }

    @ParameterizedTest // section 5
    @ValueSource(ints = {0, 999, 1004, 1006, 1015, 1016, 2999})
    default void codesThatMayNotAppearAreNeverPassedOn(int code) throws Exception {
        try (Pair pair = pair()) {
            pair.backend().sendClose(code, "bad");
            assertThat(pair.client().readClose().closeCode()).isIn(1002, 1011);
        }
        try (Pair pair = pair()) {
            pair.client().sendClose(code, "bad");
            assertThat(pair.backend().readClose().closeCode()).isIn(1001, 1002, 1011);
        }
    }

    @Test // section 5: said to mean "none", so 1000 is as good as an error
    default void closeThatSaysNoneIsNotPassedOn() throws Exception {
        try (Pair pair = pair()) {
            pair.backend().send(true, WebSocketWire.CLOSE, new byte[] {1005 >> 8, (byte) 1005});
            Frame close = pair.client().readClose();
            assertThat(close.payload().length == 0 ? 1000 : close.closeCode()).isIn(1000, 1002);
        }
    }

    @Test // WS-30
    default void invalidUtf8EndsBothSides() throws Exception {
        try (Pair pair = pair()) {
            pair.client().send(true, WebSocketWire.TEXT, new byte[] {(byte) 0xc3, 0x28});
            assertThat(readCloseSkippingData(pair.client()).closeCode()).isEqualTo(1007);
            assertThat(readCloseSkippingData(pair.backend()).closeCode()).isIn(1001, 1011);
        }
        try (Pair pair = pair()) {
            pair.backend().send(true, WebSocketWire.TEXT, new byte[] {(byte) 0xc3, 0x28});
            assertThat(readCloseSkippingData(pair.client()).closeCode()).isEqualTo(1011);
            assertThat(readCloseSkippingData(pair.backend()).closeCode()).isEqualTo(1007);
        }
    }

    private static Frame readCloseSkippingData(WebSocketWire wire) throws IOException {
        Frame frame = wire.readData();
        while (frame.opcode() != WebSocketWire.CLOSE) {
            frame = wire.readData();
        }
        return frame;
    }

    @ParameterizedTest // WS-37, section 9 item 7
    @ValueSource(booleans = {true, false})
    default void clientIsToldOfALostBackend(boolean reset) throws Exception {
        try (Pair pair = pair()) {
            lose(pair.backend(), reset);
            pair.client().wire().readLimit(5_000);
            assertThat(pair.client().readClose().closeCode()).isEqualTo(1011);
            assertThat(pair.client().wire().endsWithin(1_000))
                    .as("client is let go")
                    .isTrue();
        }
    }

    @ParameterizedTest // WS-37, section 9 item 7
    @ValueSource(booleans = {true, false})
    default void backendIsToldOfALostClient(boolean reset) throws Exception {
        try (Pair pair = pair()) {
            lose(pair.client(), reset);
            pair.backend().wire().readLimit(5_000);
            assertThat(pair.backend().readClose().closeCode()).isEqualTo(1001);
        }
    }

    @Test // section 5: an answer to a Close is awaited for 5 s, then TCP is cut; Tomcat looks every 5 s
    default void sideThatIgnoresACloseIsCut() throws Exception {
        try (Pair pair = pair();
                Pair other = pair()) {
            pair.client().sendClose(1000, "");
            other.backend().sendClose(1000, "");
            assertThat(pair.backend().readMessage().closeCode()).isEqualTo(1000);
            assertThat(other.client().readMessage().closeCode()).isEqualTo(1000);
            assertThat(pair.backend().wire().endsWithin(7_000))
                    .as("backend is cut")
                    .isTrue();
            assertThat(other.client().wire().endsWithin(7_000))
                    .as("client is cut")
                    .isTrue();
        }
    }

    private static void lose(WebSocketWire side, boolean reset) throws IOException {
        if (reset) {
            side.wire().reset();
        } else {
            side.close();
        }
    }

    private static void assertClose(Frame close, int code, String reason) {
        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(close.closeReason()).isEqualTo(reason);
    }
}
