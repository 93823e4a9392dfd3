package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.FailurePhase;
import dev.gatehouse.exchange.InFlight;
import dev.gatehouse.exchange.ResponseCut;
import dev.gatehouse.model.BufferingSettings;
import dev.gatehouse.proxy.FailedTry.Remedy;
import dev.gatehouse.spool.SpoolSpace;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.BackendConnection;
import dev.gatehouse.upstream.ClientConnection;
import dev.gatehouse.upstream.ConnectionsExhaustedException;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards an exchange to a backend, and to another where that is safe and the first one fails (REQ-38). Thread-safe. */
final class Forwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 10;

    private final Refusals refusals;
    private final InFlight inFlight;
    private volatile boolean isStopping;
    private final AnswerBody answerBody = new AnswerBody();
    private volatile SpoolSpace space = new SpoolSpace(BufferingSettings.DEFAULT);

    Forwarder(Refusals refusals, InFlight inFlight) {
        this.refusals = refusals;
        this.inFlight = inFlight;
    }

    void forward(Exchange exchange) throws IOException {
        inFlight.begun(exchange);
        try {
            forwardInFlight(exchange);
        } finally {
            inFlight.ended(exchange);
        }
    }

    private void forwardInFlight(Exchange exchange) throws IOException {
        Optional<Upstream> member = exchange.select(); // step 10, REQ-34
        if (member.isEmpty()) {
            fail(exchange, new FailedTry(ExchangeFailure.NO_LIVE_BACKEND, Remedy.NONE, null));
            return;
        }
        RequestBody body = RequestBody.of(exchange, space(exchange), () -> isStopping);
        try {
            body.keep(); // before the connection is taken: a slow client holds no backend (REQ-7)
            forwardTo(exchange, member.get(), body, false);
        } catch (FailedTry first) {
            retry(exchange, member.get(), body, first);
        } finally {
            exchange.record().receivedBody(body.written());
            body.forget();
        }
    }

    private SpoolSpace space(Exchange exchange) {
        BufferingSettings settings =
                exchange.snapshot().configuration().local().traffic().buffering();
        SpoolSpace current = space;
        if (!settings.equals(current.settings())) { // the first request, and after a reload
            current = new SpoolSpace(settings);
            space = current;
        }
        return current;
    }

    private void retry(Exchange exchange, Upstream first, RequestBody body, FailedTry failed) throws IOException {
        Tries tries = new Tries(exchange);
        FailedTry last = failed;
        Optional<Upstream> next = tries.after(last, first);
        while (next.isPresent() && !exchange.wasCut()) {
            Upstream member = next.get();
            try {
                forwardTo(exchange, member, body, tries.needsNewConnection());
                return;
            } catch (FailedTry again) {
                last = again;
                next = tries.after(last, member);
            }
        }
        fail(exchange, last);
    }

    private void forwardTo(Exchange exchange, Upstream upstream, RequestBody body, boolean isNew)
            throws FailedTry, IOException {
        exchange.trying(upstream);
        upstream.begun();
        try {
            exchangeWith(exchange, upstream, body, isNew);
        } catch (FailedTry e) {
            boolean isWriting = e.failure().phase().equals(Optional.of(FailurePhase.FIRST_BYTE)) && body.isUnderWay();
            exchange.record().tryFailed(e.failure(), isWriting ? FailurePhase.WRITE : null);
            throw e;
        } finally {
            upstream.ended();
        }
    }

    private void exchangeWith(Exchange exchange, Upstream upstream, RequestBody body, boolean isNew)
            throws FailedTry, IOException {
        ClassicHttpRequest head = BackendRequest.of(exchange, upstream, body); // step 11, REQ-39, 41, 42
        try (BackendConnection connection = connect(exchange, upstream, isNew)) { // step 12
            exchange.cutBy(connection::cut); // REQ-37
            exchange.record().connected();
            ClassicHttpResponse answer = send(connection, head, exchange, upstream, body);
            exchange.record().answered(answer.getCode(), connection.localPort());
            ClientResponse.writeHead(answer, exchange); // step 13, REQ-46
            if (connection.hasLeftBody() && isHttp1(exchange)) {
                exchange.clientResponse().setHeader("Connection", "close");
            }
            answerBody.relay(answer, exchange, connection, body.space()); // step 14
            connection.finished();
            exchange.record().backendEnded();
            if (connection.hasLeftBody()) {
                leaveBody(exchange, answer.getCode());
            }
        }
    }

    // Whether a client that was not asked sends its body now is unknown: what it sends next would be a guess. After a
    // refusal containers end the connection themselves; after a 2xx they would wait for the body.
    private static void leaveBody(Exchange exchange, int status) throws IOException {
        if (status < 300 && isHttp1(exchange)) {
            exchange.clientResponse().getOutputStream().close();
            throw ResponseCut.exception("the client was never asked for its body");
        }
    }

    private static boolean isHttp1(Exchange exchange) {
        return exchange.clientRequest().getProtocol().startsWith("HTTP/1");
    }

    private static BackendConnection connect(Exchange exchange, Upstream upstream, boolean isNew) throws FailedTry {
        BackendClient client = exchange.pool().client();
        @Nullable ClientConnection owner = exchange.clientConnection().orElse(null); // REQ-44
        try {
            if (owner != null) {
                return client.connectFor(owner, upstream, exchange.host());
            }
            return isNew ? client.connectAnew(upstream, exchange.host()) : client.connect(upstream, exchange.host());
        } catch (ConnectionsExhaustedException e) {
            throw new FailedTry(ExchangeFailure.BACKEND_CONNECTIONS_EXHAUSTED, Remedy.OTHER_MEMBER, e);
        } catch (IOException e) {
            throw new FailedTry(ExchangeFailure.ofConnect(e), Remedy.OTHER_MEMBER, e); // nothing was sent
        }
    }

    private static ClassicHttpResponse send(
            BackendConnection connection,
            ClassicHttpRequest head,
            Exchange exchange,
            Upstream upstream,
            RequestBody body)
            throws FailedTry {
        body.reportsTo(connection);
        connection
                .waitsFor(ClientWatch.here(exchange.clientRequest()))
                .tellsInterim(interim -> InterimAnswer.pass(interim, exchange));
        try {
            return connection.send(head, body.space());
        } catch (IOException | HttpException e) {
            FailedTry failed = FailedTry.whileSending(e, connection, exchange, body);
            if (failed.failure() == ExchangeFailure.BACKEND_CLOSED && connection.isReused()) {
                exchange.pool().client().dropIdle(upstream, exchange.host()); // its neighbours died with it
            }
            throw failed;
        }
    }

    private void fail(Exchange exchange, FailedTry failed) throws IOException {
        if (!refusals.fail(exchange, failed.failure(), failed.getCause())) {
            throw ResponseCut.exception(failed.failure().words());
        }
        if (isStopping && isHttp1(exchange)) { // or WildFly would read the rest of an upload, however long it takes
            exchange.clientResponse().getOutputStream().close();
            throw ResponseCut.exception("the application is going");
        }
    }

    /** From now on nothing is read from clients any more. */
    void beginStop() {
        isStopping = true;
    }

    // Only while the application is there can the classes be loaded that the end of a request needs.
    private boolean awaitEnd() {
        long deadline = System.nanoTime() + LONGEST_END.toNanos();
        try {
            while (inFlight.count() > 0 && System.nanoTime() - deadline < 0) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inFlight.count() == 0;
    }

    @Override
    public void close() {
        beginStop();
        if (!awaitEnd()) {
            inFlight.cutClients();
            if (!awaitEnd()) {
                LOG.warn(
                        "{} requests still wait for their clients: the container's time-outs end them",
                        inFlight.count());
            }
        }
        answerBody.close();
    }
}
