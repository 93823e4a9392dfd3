package dev.gatehouse.websocket;

import java.io.IOException;

/** What the backend answered is not HTTP/1.1. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedAnswerException(String message) {
        super(message);
    }
}
