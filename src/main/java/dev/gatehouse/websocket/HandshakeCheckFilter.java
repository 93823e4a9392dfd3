package dev.gatehouse.websocket;

import dev.gatehouse.exchange.ErrorAnswer;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.exchange.WebSocketHandshake;
import dev.gatehouse.observe.ExchangeLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Refuses WebSocket handshakes that break RFC 6455, before any rule sees them (WS-11). Thread-safe. */
public final class HandshakeCheckFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Supplier<Snapshot> snapshots;
    private final transient ExchangeLog log;

    /**
     * Creates the filter.
     *
     * @param snapshots gives the configuration in force
     * @param log takes a line for each refusal
     */
    public HandshakeCheckFilter(Supplier<Snapshot> snapshots, ExchangeLog log) {
        this.snapshots = snapshots;
        this.log = log;
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

    private void refuse(HttpServletRequest request, HttpServletResponse response, ExchangeFailure failure)
            throws IOException {
        log.refused(request, failure);
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
