package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.ResponseCut;
import dev.gatehouse.proxy.FailedTry.Remedy;
import dev.gatehouse.upstream.BackendConnection;
import dev.gatehouse.upstream.ConnectionsExhaustedException;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** Forwards an exchange to a backend, with one retry where that is safe (REQ-38). Thread-safe. */
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
            forwardTo(exchange, member.get(), body);
        } catch (FailedTry first) {
            retry(exchange, member.get(), body, first);
        }
    }

    private void retry(Exchange exchange, Upstream tried, RequestBody body, FailedTry first) throws IOException {
        Optional<Upstream> second = first.remedy().memberFor(exchange, tried);
        if (second.isEmpty()) {
            fail(exchange, first);
            return;
        }
        try {
            forwardTo(exchange, second.get(), body);
        } catch (FailedTry last) {
            fail(exchange, last);
        }
    }

    private void forwardTo(Exchange exchange, Upstream upstream, RequestBody body) throws FailedTry {
        exchange.trying(upstream);
        ClassicHttpRequest head = BackendRequest.of(exchange, upstream, body); // step 11, REQ-39, 41, 42
        try (BackendConnection connection = connect(exchange, upstream)) { // step 12
            body.reportsTo(connection::writing);
            body.abortsBy(connection::close);
            ClassicHttpResponse answer = send(connection, head, exchange, body);
            ClientResponse.writeHead(answer, exchange.clientResponse()); // step 13, REQ-46
            ClientResponse.relayBody(answer, exchange.clientResponse(), buffers); // step 14
            connection.finished();
        }
    }

    private static BackendConnection connect(Exchange exchange, Upstream upstream) throws FailedTry {
        try {
            return exchange.pool().client().connect(upstream, exchange.host());
        } catch (ConnectionsExhaustedException e) {
            throw new FailedTry(ExchangeFailure.BACKEND_CONNECTIONS_EXHAUSTED, Remedy.OTHER_MEMBER, e);
        } catch (IOException e) {
            throw new FailedTry(ExchangeFailure.ofConnect(e), Remedy.OTHER_MEMBER, e); // nothing was sent
        }
    }

    private static ClassicHttpResponse send(
            BackendConnection connection, ClassicHttpRequest head, Exchange exchange, RequestBody body)
            throws FailedTry {
        try {
            return connection.send(head);
        } catch (IOException | HttpException e) {
            throw FailedTry.whileSending(e, connection, exchange, body);
        }
    }

    private void fail(Exchange exchange, FailedTry failed) throws IOException {
        if (!refusals.fail(exchange, failed.failure(), failed.getCause())) {
            throw ResponseCut.exception(failed.failure().words());
        }
    }
}
