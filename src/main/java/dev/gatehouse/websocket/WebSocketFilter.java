package dev.gatehouse.websocket;

import dev.gatehouse.exchange.ErrorAnswer;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.exchange.ResponseCut;
import dev.gatehouse.exchange.WebSocketHandshake;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.WebSocketSettings;
import dev.gatehouse.model.WebSocketSettings.Mode;
import dev.gatehouse.observe.ExchangeLog;
import dev.gatehouse.observe.SessionMetrics;
import dev.gatehouse.routing.Route;
import dev.gatehouse.upstream.Upstream;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes every WebSocket handshake that has a route: asks a backend first, and upgrades the client only if the backend
 * accepted (WS-12). Everything else passes. Thread-safe.
 */
public final class WebSocketFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";

    private final transient Bridges bridges;
    private final transient BackendDialer dialer;
    private final transient ClientUpgrade upgrade;
    private final transient RelayUpgrade relayUpgrade;
    private final transient ExchangeLog log;

    /**
     * Creates the filter.
     *
     * @param bridges keeps the sessions
     * @param log takes a line for each handshake that fails
     */
    public WebSocketFilter(Bridges bridges, ExchangeLog log) {
        this.bridges = bridges;
        this.dialer = new BackendDialer(bridges.loops());
        this.upgrade = new ClientUpgrade(bridges);
        this.relayUpgrade = new RelayUpgrade(bridges);
        this.log = log;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Exchange.of(request);
        if (!WebSocketHandshake.isAskedBy(exchange.routed().request())) {
            chain.doFilter(request, response);
            return;
        }
        try {
            if (bridges.isClosing()) {
                throw new FailedDial(ExchangeFailure.NOT_READY, true, null);
            }
            handshake(exchange);
        } catch (FailedDial e) {
            fail(exchange, e.failure(), e.getCause());
        } catch (RuntimeException e) {
            fail(exchange, ExchangeFailure.INTERNAL, e); // REQ-50
        }
    }

    private void handshake(Exchange exchange) throws FailedDial {
        WebSocketSettings settings = exchange.snapshot().configuration().local().webSocket();
        RequestView request = exchange.routed().request();
        if (!WebSocketHandshake.isOriginAllowed(request, settings.allowedOrigins())) {
            throw new FailedDial(ExchangeFailure.ORIGIN_REFUSED, true, null);
        }
        Mode mode = settings.modeOf(exchange.pool().settings().name());
        try (BackendAnswer answer = ask(exchange, mode)) {
            if (answer.isAccepted() && mode == Mode.RELAY) {
                relayUpgrade.upgrade(exchange, answer, settings);
                exchange.record().becameSession();
                count(exchange, ACCEPTED);
            } else if (answer.isAccepted()) {
                upgrade.upgrade(exchange, answer, settings);
                exchange.record().becameSession();
                count(exchange, ACCEPTED);
            } else {
                count(exchange, REFUSED);
                RefusalRelay.relay(answer, exchange);
            }
        }
    }

    private void count(Exchange exchange, String result) {
        String pool = exchange.upstream().map(Upstream::poolName).orElseGet(() -> poolOf(exchange.route()));
        bridges.metrics().handshake(exchange.route().listener().name(), pool, result);
    }

    // Where a share of the traffic decides and no member was chosen, there is no pool.
    private static String poolOf(Route route) {
        return route.target() instanceof Target.Forward forward ? forward.pool().name() : SessionMetrics.NONE;
    }

    private BackendAnswer ask(Exchange exchange, Mode mode) throws FailedDial {
        Optional<Upstream> member = exchange.select(); // WS-4
        if (member.isEmpty()) {
            throw new FailedDial(ExchangeFailure.NO_LIVE_BACKEND, true, null);
        }
        long deadline =
                System.nanoTime() + exchange.pool().settings().requestTimeout().toNanos();
        while (true) {
            try {
                return dial(exchange, member.get(), mode);
            } catch (FailedDial failed) {
                exchange.record().tryFailed(failed.failure(), null);
                boolean mayAskOther = failed.isNothingSent() && System.nanoTime() - deadline < 0; // REQ-38
                member = mayAskOther ? exchange.selectOther(member.get()) : Optional.empty();
                if (member.isEmpty()) {
                    throw failed;
                }
            }
        }
    }

    private BackendAnswer dial(Exchange exchange, Upstream member, Mode mode) throws FailedDial {
        exchange.trying(member);
        member.begun();
        boolean isAnswered = false;
        try {
            BackendAnswer answer = dialer.dial(exchange, member, mode);
            isAnswered = true;
            return answer;
        } finally {
            if (!isAnswered) {
                member.ended(); // else whoever closes the answer or the session says so
            }
        }
    }

    private void fail(Exchange exchange, ExchangeFailure failure, @Nullable Throwable cause) throws IOException {
        log.failed(exchange, failure, cause);
        count(exchange, HandshakeCheckFilter.resultOf(failure));
        boolean isAnswered = failure != ExchangeFailure.CLIENT_GONE && ErrorAnswer.fail(exchange, failure);
        if (!isAnswered) {
            throw ResponseCut.exception(failure.words());
        }
    }
}
