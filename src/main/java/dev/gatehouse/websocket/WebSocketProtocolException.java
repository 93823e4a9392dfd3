package dev.gatehouse.websocket;

import java.io.IOException;

/** A peer broke the protocol. Carries the close code that the offender is told (RFC 6455 §7.4.1). */
final class WebSocketProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    private final int closeCode;

    WebSocketProtocolException(int closeCode, String message) {
        super(message);
        this.closeCode = closeCode;
    }

    int closeCode() {
        return closeCode;
    }
}
