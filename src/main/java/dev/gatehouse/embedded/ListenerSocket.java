package dev.gatehouse.embedded;

import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.tls.SocketTls;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One socket to open (REQ-1). Immutable.
 *
 * @param address address and port to bind; port 0 lets the system choose
 * @param use whose requests it takes
 * @param protocol what all its listeners speak
 * @param http2 whether clients of an Https socket may speak HTTP/2 (REQ-2)
 * @param listeners in rule order (REQ-11); empty for the admin socket and for sample backends
 * @param tls what an Https socket shows; null otherwise
 * @param limits what its clients may send and how long they may take (REQ-5, REQ-6)
 */
record ListenerSocket(
        ListenAddress address,
        Use use,
        Protocol protocol,
        boolean http2,
        List<HttpListener> listeners,
        @Nullable SocketTls tls,
        ClientLimits limits) {
    private static final Duration ADMIN_PATIENCE = Duration.ofSeconds(10);
    private static final ClientLimits ADMIN_LIMITS = new ClientLimits(
            ClientLimits.DEFAULT.uriBytes(), // an address to explain is part of its own
            ClientLimits.DEFAULT.headerBytes(),
            1 << 20,
            ADMIN_PATIENCE,
            ADMIN_PATIENCE,
            ClientLimits.DEFAULT.keepAliveTimeout(),
            ClientLimits.DEFAULT.http2IdleTimeout(),
            ClientLimits.DEFAULT.http2Requests(),
            0);

    /** Whose requests a socket takes. */
    enum Use {
        /** Clients'. */
        TRAFFIC(Integer.getInteger("gatehouse.maxThreads", 400), 10),
        /** Operators': a few at once, whatever the traffic does. */
        ADMIN(64, 1);

        private final int threads;
        private final int spareThreads;

        Use(int threads, int spareThreads) {
            this.threads = threads;
            this.spareThreads = spareThreads;
        }

        /** Most requests that are worked on at once. */
        int threads() {
            return threads;
        }

        /** Threads that wait for work from the start. */
        int spareThreads() {
            return spareThreads;
        }
    }

    ListenerSocket {
        listeners = List.copyOf(listeners);
    }

    /** A plain socket without listeners of a gateway, for the sample backends. */
    static ListenerSocket plain(ListenAddress address) {
        return new ListenerSocket(address, Use.TRAFFIC, Protocol.HTTP, false, List.of(), null, ClientLimits.DEFAULT);
    }

    /** The socket of operators. */
    static ListenerSocket admin(ListenAddress address) {
        return new ListenerSocket(address, Use.ADMIN, Protocol.HTTP, false, List.of(), null, ADMIN_LIMITS);
    }
}
