package dev.gatehouse.container;

import dev.gatehouse.exchange.EarlyHints;
import dev.gatehouse.exchange.HeaderFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Undertow (WildFly) knows no 103, so one is written to the connection itself before the answer begins. HTTP/1.1 only:
 * frames of HTTP/2 cannot be slipped in. Needs no Undertow class to be loaded. Stateless.
 */
public final class UndertowEarlyHints implements EarlyHints {
    private static final long WRITE_SECONDS = 5;

    /** For {@link java.util.ServiceLoader}. */
    public UndertowEarlyHints() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return UndertowExchange.isOf(request);
    }

    @Override
    public void send(HttpServletRequest request, HttpServletResponse response, HeaderFields fields) throws IOException {
        try {
            Object connection = UndertowExchange.call(UndertowExchange.of(request), "getConnection");
            if (UndertowExchange.isHttp1(connection)
                    && UndertowExchange.call(connection, "getPipelineBuffer") == null
                    && !response.isCommitted()) {
                write(connection, text(fields));
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException thrown) {
                throw thrown;
            }
            Reflection.failed("send early hints", e);
        } catch (ReflectiveOperationException e) {
            Reflection.failed("send early hints", e);
        }
    }

    private static ByteBuffer text(HeaderFields fields) {
        StringBuilder text = new StringBuilder("HTTP/1.1 103 Early Hints\r\n");
        fields.writeTo(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return ByteBuffer.wrap(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void write(Object connection, ByteBuffer bytes) throws ReflectiveOperationException, IOException {
        Object sink = UndertowExchange.call(connection, "getOriginalSinkConduit");
        Method write = sinkMethod(connection, "write", ByteBuffer.class);
        Method flush = sinkMethod(connection, "flush");
        Method await = sinkMethod(connection, "awaitWritable", long.class, TimeUnit.class);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WRITE_SECONDS);
        while (bytes.hasRemaining() || !(boolean) flush.invoke(sink)) {
            if (bytes.hasRemaining() && (int) write.invoke(sink, bytes) > 0) {
                continue;
            }
            if (System.nanoTime() > deadline) { // half of it may be sent: nothing else can follow
                UndertowExchange.call(connection, "close");
                throw new IOException("client did not take 103 within " + WRITE_SECONDS + " s");
            }
            await.invoke(sink, WRITE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Method sinkMethod(Object connection, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        return UndertowExchange.methodOf(connection, "getOriginalSinkConduit", name, parameters);
    }
}
