package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.model.GatewayConfiguration;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** When what came from a backend must leave for the client (REQ-7). */
enum Flushing {
    /** After every piece, and nothing is kept: responses are not buffered, or this one is a stream of events. */
    AT_ONCE,
    /** When the backend pauses: a user expects progress. */
    ON_PAUSE,
    /** When the container's buffer is full: events, buffered like anything else because the operator says so. */
    WHEN_FULL;

    static Flushing of(ClassicHttpResponse answer, Exchange exchange) {
        GatewayConfiguration configuration = exchange.snapshot().configuration();
        if (!configuration.gateway().globalConfiguration().enableResponseBuffering()) {
            return AT_ONCE;
        }
        if (!isEventStream(answer)) {
            return ON_PAUSE;
        }
        return configuration.local().traffic().buffering().sseAutoFlush() ? AT_ONCE : WHEN_FULL;
    }

    private static boolean isEventStream(ClassicHttpResponse answer) {
        @Nullable Header type = answer.getFirstHeader("Content-Type");
        return type != null && type.getValue().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }
}
