package dev.gatehouse.proxy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The client's side of an answer's body. Confined to one exchange. */
final class ClientOutput {
    private final HttpServletResponse response;

    ClientOutput(HttpServletResponse response) {
        this.response = response;
    }

    void write(byte[] buffer, int count) throws ClientWriteException {
        try {
            response.getOutputStream().write(buffer, 0, count);
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
