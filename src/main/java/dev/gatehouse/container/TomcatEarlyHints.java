package dev.gatehouse.container;

import dev.gatehouse.exchange.EarlyHints;
import dev.gatehouse.exchange.HeaderFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tomcat: its responses can send the fields they have as 103, a method ahead of the Servlet API. Needs no Tomcat class
 * to be loaded. Thread-safe.
 */
public final class TomcatEarlyHints implements EarlyHints {
    private final AtomicBoolean isMute = new AtomicBoolean();

    /** For {@link java.util.ServiceLoader}. */
    public TomcatEarlyHints() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return TomcatRequests.isOne(request);
    }

    @Override
    public void send(HttpServletRequest request, HttpServletResponse response, HeaderFields fields) throws IOException {
        if (isMute.get()) {
            return;
        }
        fields.writeTo(response::addHeader);
        try {
            Reflection.method(response.getClass(), "sendEarlyHints").invoke(response);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            isMute.set(true);
            Reflection.failed("send early hints", e);
        } finally {
            response.reset(); // the answer has fields of its own
        }
    }
}
