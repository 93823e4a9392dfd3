package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.HopByHop;
import dev.gatehouse.proxy.FailedTry.Remedy;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A backend's answer on its way to the client: head copied once, body streamed (REQ-42, REQ-43, REQ-46). Stateless. */
final class ClientResponse {
    private ClientResponse() {}

    static void writeHead(ClassicHttpResponse answer, Exchange exchange) {
        HttpServletResponse response = exchange.clientResponse();
        response.setStatus(answer.getCode());
        List<String> named = namedByConnection(answer);
        // RFC 9112 §6.3: where both stand the coding counts, and the length may be a lie about what we pass on.
        boolean dropsLength = answer.containsHeader("Transfer-Encoding");
        Iterator<Header> headers = answer.headerIterator();
        while (headers.hasNext()) {
            Header header = headers.next();
            String name = header.getName();
            boolean isDropped = HopByHop.isHopByHop(name) || (dropsLength && name.equalsIgnoreCase("Content-Length"));
            if (!isDropped && (named.isEmpty() || !HopByHop.contains(named, name))) {
                response.addHeader(name, header.getValue());
            }
        }
        for (String cookie : exchange.affinityCookies()) { // after rewrites, which must not see them (REQ-35)
            response.addHeader("Set-Cookie", cookie);
        }
    }

    private static List<String> namedByConnection(ClassicHttpResponse answer) {
        List<String> named = List.of();
        Iterator<Header> connection = answer.headerIterator("Connection");
        while (connection.hasNext()) {
            named = HopByHop.collect(connection.next().getValue(), named);
        }
        return named;
    }

    static void relayBody(ClassicHttpResponse answer, HttpServletResponse response, BufferPool buffers)
            throws FailedTry {
        @Nullable HttpEntity body = answer.getEntity();
        if (body == null) {
            return;
        }
        try {
            relay(body.getContent(), body.getContentLength(), response, buffers);
        } catch (ClientWriteException e) {
            throw new FailedTry(ExchangeFailure.CLIENT_GONE, Remedy.NONE, e.getCause());
        } catch (IOException e) {
            throw new FailedTry(ExchangeFailure.BACKEND_BODY_BROKEN, Remedy.NONE, e);
        }
    }

    private static void relay(InputStream backend, long length, HttpServletResponse response, BufferPool buffers)
            throws IOException {
        int ready = backend.available();
        if (length >= 0 && length <= ready) { // the whole body came with the head
            write(response, backend.readNBytes((int) length), (int) length);
            return;
        }
        if (ready == 0) {
            flush(response); // a backend that sends its head first has a reason: events, progress
        }
        byte[] buffer = buffers.take();
        try {
            stream(backend, length, response, buffer);
        } finally {
            buffers.give(buffer);
        }
    }

    private static void stream(InputStream backend, long length, HttpServletResponse response, byte[] buffer)
            throws IOException {
        long sent = 0;
        int count = backend.read(buffer);
        while (count >= 0) {
            write(response, buffer, count);
            sent += count;
            if (sent != length && backend.available() == 0) {
                flush(response); // more will come, but is not here: the client shall not wait for it
            }
            count = backend.read(buffer);
        }
    }

    private static void write(HttpServletResponse response, byte[] buffer, int count) throws ClientWriteException {
        try {
            ServletOutputStream client = response.getOutputStream();
            client.write(buffer, 0, count);
        } catch (IOException e) {
            throw new ClientWriteException(e);
        }
    }

    private static void flush(HttpServletResponse response) throws ClientWriteException {
        try {
            response.flushBuffer();
        } catch (IOException e) {
            throw new ClientWriteException(e);
        }
    }

    /** Tells a client that cannot be written to from a backend that cannot be read from. */
    private static final class ClientWriteException extends IOException {
        private static final long serialVersionUID = 1;

        ClientWriteException(IOException cause) {
            super(cause);
        }
    }
}
