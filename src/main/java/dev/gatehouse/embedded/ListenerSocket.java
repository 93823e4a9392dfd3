package dev.gatehouse.embedded;

import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.tls.SniKeyManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One socket to open (REQ-1). Immutable.
 *
 * @param address address and port to bind; port 0 lets the system choose
 * @param protocol what all its listeners speak
 * @param http2 whether clients of an Https socket may speak HTTP/2 (REQ-2)
 * @param listeners in rule order (REQ-11), never empty
 * @param keys the certificates of an Https socket
 * @param limits what its clients may send and how long they may take (REQ-5, REQ-6)
 */
record ListenerSocket(
        ListenAddress address,
        Protocol protocol,
        boolean http2,
        List<HttpListener> listeners,
        @Nullable SniKeyManager keys,
        ClientLimits limits) {
    ListenerSocket {
        listeners = List.copyOf(listeners);
    }

    /** A plain socket without listeners of a gateway, for the sample backends. */
    static ListenerSocket plain(ListenAddress address) {
        return new ListenerSocket(address, Protocol.HTTP, false, List.of(), null, ClientLimits.DEFAULT);
    }
}
