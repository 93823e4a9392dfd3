package dev.gatehouse.container;

import dev.gatehouse.exchange.TrailerGate;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.ActionHook;
import org.apache.coyote.http11.AbstractHttp11Protocol;

/**
 * Tomcat keeps only those trailer fields whose names its connector was told: so it is told what clients announce, up to
 * {@value #MOST_NAMES} names, for clients choose them. Thread-safe.
 */
public final class TomcatTrailerGate implements TrailerGate {
    private static final int MOST_NAMES = 500;

    private final AtomicInteger told = new AtomicInteger();

    /** For {@link java.util.ServiceLoader}. */
    public TomcatTrailerGate() {}

    @Override
    public boolean knows(HttpServletRequest request) {
        return TomcatRequests.isOne(request);
    }

    @Override
    public void admit(HttpServletRequest request, List<String> names) {
        try {
            Connector.admit(TomcatRequests.processor(request), names, told);
        } catch (Throwable e) {
            Reflection.failed("keep trailer fields", e);
        }
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private static final class Connector {
        static void admit(ActionHook processor, List<String> names, AtomicInteger told) throws Throwable {
            if (!(Reflection.getter(processor.getClass(), "protocol").invoke(processor)
                    instanceof AbstractHttp11Protocol<?> protocol)) {
                return;
            }
            for (String name : names) {
                if (!protocol.isTrailerHeaderAllowed(name) && told.incrementAndGet() <= MOST_NAMES) {
                    protocol.addAllowedTrailerHeader(name);
                }
            }
        }
    }
}
