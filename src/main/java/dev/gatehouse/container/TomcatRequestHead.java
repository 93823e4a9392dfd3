package dev.gatehouse.container;

import dev.gatehouse.exchange.RequestHead;
import jakarta.servlet.ServletRequest;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11InputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat parses a head in the buffer it was read into and leaves it there until the next request. Loads without Tomcat.
 * Thread-safe.
 */
public final class TomcatRequestHead implements RequestHead.Source {
    private static final String FACADE = "org.apache.catalina.connector.RequestFacade";

    private volatile @Nullable Shown shown;
    private volatile boolean isHidden;

    /** For {@link java.util.ServiceLoader}. */
    public TomcatRequestHead() {}

    @Override
    public @Nullable RequestHead of(ServletRequest request) {
        @Nullable Shown known = shown;
        if (known == null || known.facade() != request.getClass()) {
            known = isHidden ? null : find(request.getClass());
        }
        return known == null ? null : known.headOf(request);
    }

    private @Nullable Shown find(Class<?> facade) {
        if (!facade.getName().equals(FACADE)) {
            isHidden = true; // another container
            return null;
        }
        try {
            MethodHandle request = Reflection.getter(facade, "request");
            MethodHandle coyote = Reflection.method(request.type().returnType(), "getCoyoteRequest");
            Shown found = new Shown(facade, request, coyote);
            shown = found;
            return found;
        } catch (ReflectiveOperationException | RuntimeException e) {
            isHidden = !Reflection.failed("see the head of a request", e);
            return null;
        }
    }

    // Apart, because a class is verified whole: elsewhere the one above must load without Tomcat.
    private record Shown(Class<?> facade, MethodHandle request, MethodHandle coyote) {
        @SuppressWarnings("ByteBufferBackingArray") // Tomcat allocates it, and reads its array so itself
        @Nullable
        RequestHead headOf(ServletRequest given) {
            try {
                Request known = (Request) coyote.invoke(request.invoke(given));
                if (!(known.getInputBuffer() instanceof Http11InputBuffer buffer)) {
                    return null; // HTTP/2
                }
                ByteBuffer bytes = buffer.getByteBuffer();
                return new RequestHead(bytes.array(), bytes.position());
            } catch (Throwable e) {
                throw new IllegalStateException("Tomcat hides the head of a request", e);
            }
        }
    }
}
