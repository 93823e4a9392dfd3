package dev.gatehouse.embedded;

import dev.gatehouse.model.ClientLimits;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/2, which ends a connection by GOAWAY after so many requests (REQ-6). What breaks its rules for fields
 * Tomcat answers by a stream error, as RFC 9113 §8.1.1 wants; other refusals get our page. Thread-safe once started.
 */
final class FrontHttp2 extends Http2Protocol {
    private volatile int maxRequests;

    FrontHttp2() {
        setMaxHeaderCount(Connectors.MAX_FIELDS);
        setUseSendfile(false);
    }

    /** Sets the limits; open connections keep their number of requests. */
    void limit(ClientLimits limits) {
        maxRequests = limits.http2Requests();
        setKeepAliveTimeout(limits.http2IdleTimeout().toMillis());
        setStreamReadTimeout(limits.bodyTimeout().toMillis());
        setStreamWriteTimeout(limits.bodyTimeout().toMillis());
    }

    @Override
    public InternalHttpUpgradeHandler getInternalUpgradeHandler(
            SocketWrapperBase<?> socket, Adapter adapter, @Nullable Request upgraded) {
        CountingAdapter counting = new CountingAdapter(adapter, maxRequests);
        InternalHttpUpgradeHandler handler = super.getInternalUpgradeHandler(socket, counting, upgraded);
        counting.handler = handler;
        return handler;
    }

    /** Stands before the adapter for one connection. Thread-safe. */
    private static final class CountingAdapter implements Adapter {
        private final Adapter adapter;
        private final AtomicInteger left;
        private volatile @Nullable InternalHttpUpgradeHandler handler;

        CountingAdapter(Adapter adapter, int maxRequests) {
            this.adapter = adapter;
            this.left = new AtomicInteger(maxRequests);
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            adapter.service(request, response);
            @Nullable InternalHttpUpgradeHandler connection = handler;
            // Behind the answer, for some clients give up at GOAWAY what they still wait for.
            if (left.decrementAndGet() == 0 && connection != null) {
                connection.pause();
            }
        }

        // Tomcat calls this in place of service for a path or method that it refuses with an empty 400: service makes
        // the
        // page.
        @Override
        public void log(Request request, Response response, long time) {
            if (response.getStatus() < 400 || response.isCommitted()) {
                adapter.log(request, response, time);
                return;
            }
            response.setError();
            try {
                adapter.service(request, response);
            } catch (Exception e) {
                adapter.log(request, response, time); // the empty answer then
            }
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return adapter.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
            return adapter.asyncDispatch(request, response, event);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            adapter.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return adapter.getDomain();
        }
    }
}
