package dev.gatehouse.websocket;

import dev.gatehouse.exchange.AnswerFields;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.HeaderSink;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Passes a backend's refusal on: status, headers, body, as for HTTP (WS-14, REQ-46). Stateless. */
final class RefusalRelay {
    private RefusalRelay() {}

    /**
     * Answers the client as the backend answered us.
     *
     * @param exchange whose requestTimeout is the longest wait for a piece of the body (REQ-40)
     * @throws FailedDial if the body cannot be read or written to its end
     */
    static void relay(BackendAnswer answer, Exchange exchange) throws FailedDial {
        HttpServletResponse clientResponse = exchange.clientResponse();
        Duration silence = exchange.pool().settings().requestTimeout();
        ClientStream client = null;
        try {
            RefusalBody body = RefusalBody.of(answer.head());
            clientResponse.setStatus(answer.head().status());
            AnswerFields.setReason(exchange.clientRequest(), answer.head().reason());
            HeaderSink fields = AnswerFields.of(exchange.clientRequest(), clientResponse);
            for (ResponseHead.Field field : EndToEnd.of(answer.head(), exchange)) {
                fields.add(field.name(), field.value());
            }
            client = new ClientStream(clientResponse.getOutputStream());
            body.copyTo(answer.rest(), () -> answer.next(silence), client);
        } catch (MalformedAnswerException e) {
            throw new FailedDial(ExchangeFailure.BACKEND_MALFORMED, false, e);
        } catch (IOException e) {
            boolean isClients = client != null && client.failed;
            ExchangeFailure failure = isClients ? ExchangeFailure.CLIENT_GONE : ExchangeFailure.BACKEND_BODY_BROKEN;
            throw new FailedDial(failure, false, e);
        }
    }

    /** Tells a client that cannot be written to from a backend that cannot be read from. */
    private static final class ClientStream extends FilterOutputStream {
        private boolean failed;

        ClientStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            failed = true;
            out.write(bytes, offset, length);
            failed = false;
        }

        @Override
        public void flush() throws IOException {
            failed = true;
            super.flush();
            failed = false;
        }
    }
}
