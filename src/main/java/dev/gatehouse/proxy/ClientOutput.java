package dev.gatehouse.proxy;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.exchange.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The client's side of an answer's body. Confined to one exchange. */
final class ClientOutput {
    private final HttpServletResponse response;
    private final AccessRecord record;

    ClientOutput(Exchange exchange) {
        this.response = exchange.clientResponse();
        this.record = exchange.record();
    }

    /** Writes, and has it leave at once if more will come, but is not here: the client shall not wait for it. */
    void write(byte[] buffer, int count, boolean flushes) throws ClientWriteException {
        try {
            response.getOutputStream().write(buffer, 0, count);
            record.sentBody(count);
            if (flushes) {
                response.flushBuffer();
            }
        } catch (IOException e) {
            throw new ClientWriteException(e);
        }
    }

    void flush() throws ClientWriteException {
        try {
            response.flushBuffer();
        } catch (IOException e) {
            throw new ClientWriteException(e);
        }
    }
}
