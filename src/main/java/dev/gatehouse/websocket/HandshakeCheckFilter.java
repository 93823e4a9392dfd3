package dev.gatehouse.websocket;

import dev.gatehouse.exchange.ErrorAnswer;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.exchange.WebSocketHandshake;
import dev.gatehouse.observe.ExchangeLog;
import dev.gatehouse.observe.SessionMetrics;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Refuses WebSocket handshakes that break RFC 6455, before any rule sees them (WS-11). Thread-safe. */
public final class HandshakeCheckFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Supplier<Snapshot> snapshots;
    private final transient ExchangeLog log;
    private final transient SessionMetrics metrics;

    /**
     * Creates the filter.
     *
     * @param snapshots gives the configuration in force
     * @param log takes a line for each refusal
     * @param metrics counts refusals
     */
    public HandshakeCheckFilter(Supplier<Snapshot> snapshots, ExchangeLog log, SessionMetrics metrics) {
        this.snapshots = snapshots;
        this.log = log;
        this.metrics = metrics;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ExchangeFailure> failure = WebSocketHandshake.fault(new ServletRequestView(request));
        if (failure.isPresent()) {
            refuse(request, response, failure.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    /** How counters name a failure. */
    static String resultOf(ExchangeFailure failure) {
        return failure.name().toLowerCase(Locale.ROOT);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, ExchangeFailure failure)
            throws IOException {
        log.refused(request, failure);
        metrics.handshake(resultOf(failure));
        HttpServletResponse answered =
                failure == ExchangeFailure.HANDSHAKE_VERSION ? new VersionResponse(response) : response;
        ErrorAnswer.refuse(snapshots.get(), new ServletRequestView(request), answered, failure);
    }

    /** Names the version we speak (RFC 6455 §4.4), and still does after the page's writer began anew. */
    private static final class VersionResponse extends HttpServletResponseWrapper {
        VersionResponse(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void reset() {
            super.reset();
            setHeader("Sec-WebSocket-Version", "13");
        }
    }
}
