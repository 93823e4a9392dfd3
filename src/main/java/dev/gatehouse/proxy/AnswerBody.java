package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.proxy.FailedTry.Remedy;
import dev.gatehouse.spool.SpoolSpace;
import dev.gatehouse.upstream.AbandonedException;
import dev.gatehouse.upstream.BackendConnection;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Bodies of answers (REQ-7, REQ-43). Thread-safe. */
final class AnswerBody implements AutoCloseable {
    private final SlowClients slowClients = new SlowClients();

    /** Passes the body on, if there is one, its trailers too. The answer's head must be set, and not yet sent. */
    void relay(ClassicHttpResponse answer, Exchange exchange, BackendConnection connection, SpoolSpace space)
            throws FailedTry {
        @Nullable HttpEntity body = answer.getEntity();
        ClientOutput client = new ClientOutput(exchange);
        if (body == null) {
            if (leavesLengthOpen(answer, exchange)) {
                begin(client);
            }
            return;
        }
        BodyRelay.Surroundings around = new BodyRelay.Surroundings(
                space, slowClients, connection::finished, ClientWatch.here(exchange.clientRequest()));
        try {
            if (ClientResponse.passTrailers(answer, exchange)) {
                client.flush(); // commits it to chunks, or a short body would get a length and no trailers
            }
            new BodyRelay(body.getContent(), client, Flushing.of(answer, exchange), around)
                    .relay(body.getContentLength());
        } catch (ClientWriteException e) {
            throw new FailedTry(ExchangeFailure.CLIENT_GONE, Remedy.NONE, e.getCause());
        } catch (IOException e) {
            boolean isLeft = AbandonedException.isCauseOf(e);
            throw new FailedTry(
                    isLeft ? ExchangeFailure.CLIENT_GONE : ExchangeFailure.BACKEND_BODY_BROKEN, Remedy.NONE, e);
        }
    }

    // Undertow would say that what HEAD asks about is empty, if the answer ended before it began (RFC 9110 §8.6).
    private static boolean leavesLengthOpen(ClassicHttpResponse answer, Exchange exchange) {
        return exchange.clientRequest().getMethod().equals("HEAD")
                && !answer.containsHeader("Content-Length")
                && answer.getCode() != HttpStatus.SC_NO_CONTENT;
    }

    private static void begin(ClientOutput client) throws FailedTry {
        try {
            client.flush();
        } catch (ClientWriteException e) {
            throw new FailedTry(ExchangeFailure.CLIENT_GONE, Remedy.NONE, e.getCause());
        }
    }

    @Override
    public void close() {
        slowClients.close();
    }
}
