package dev.gatehouse.upstream;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.jspecify.annotations.Nullable;

/** The connection ended within the head of an answer: the backend had taken the request. */
public final class BrokenHeadException extends ConnectionClosedException {
    private static final long serialVersionUID = 1;

    BrokenHeadException(@Nullable Throwable cause) {
        super("connection ended within the head of the answer");
        initCause(cause);
    }
}
