package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.ResponseCut;
import dev.gatehouse.proxy.FailedTry.Remedy;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.BackendConnection;
import dev.gatehouse.upstream.ClientConnection;
import dev.gatehouse.upstream.ConnectionsExhaustedException;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Forwards an exchange to a backend, and to another where that is safe and the first one fails (REQ-38). Thread-safe. */
final class Forwarder {
    private final Refusals refusals;
    private final BufferPool buffers = new BufferPool();

    Forwarder(Refusals refusals) {
        this.refusals = refusals;
    }

    void forward(Exchange exchange) throws IOException {
        Optional<Upstream> member = exchange.select(); // step 10, REQ-34
        if (member.isEmpty()) {
            fail(exchange, new FailedTry(ExchangeFailure.NO_LIVE_BACKEND, Remedy.NONE, null));
            return;
        }
        RequestBody body = RequestBody.of(exchange, buffers);
        try {
            forwardTo(exchange, member.get(), body, false);
        } catch (FailedTry first) {
            retry(exchange, member.get(), body, first);
        }
    }

    private void retry(Exchange exchange, Upstream first, RequestBody body, FailedTry failed) throws IOException {
        Tries tries = new Tries(exchange);
        FailedTry last = failed;
        Optional<Upstream> next = tries.after(last, first);
        while (next.isPresent()) {
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

    private void forwardTo(Exchange exchange, Upstream upstream, RequestBody body, boolean isNew) throws FailedTry {
        exchange.trying(upstream);
        upstream.begun();
        try {
            exchangeWith(exchange, upstream, body, isNew);
        } finally {
            upstream.ended();
        }
    }

    private void exchangeWith(Exchange exchange, Upstream upstream, RequestBody body, boolean isNew) throws FailedTry {
        ClassicHttpRequest head = BackendRequest.of(exchange, upstream, body); // step 11, REQ-39, 41, 42
        try (BackendConnection connection = connect(exchange, upstream, isNew)) { // step 12
            body.reportsTo(connection::writing);
            ClassicHttpResponse answer = send(connection, head, exchange, upstream, body);
            ClientResponse.writeHead(answer, exchange); // step 13, REQ-46
            ClientResponse.relayBody(answer, exchange.clientResponse(), buffers); // step 14
            connection.finished();
        }
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
        try {
            return connection.send(head);
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
    }
}
