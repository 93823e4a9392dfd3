package dev.gatehouse.bench;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.xnio.OptionMap;
import org.xnio.Options;

/** A process that does nothing but proxy with Undertow, which tunnels WebSocket by itself. */
public final class UndertowProxy {
    private static final int UNLIMITED = -1;

    private UndertowProxy() {}

    /**
     * Serves until the process ends.
     *
     * @param args port, port of the backend, connections to it at most, and for TLS the key store
     * @throws IOException if the key store cannot be read
     * @throws GeneralSecurityException if its keys are of no use
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        int port = Integer.parseInt(args[0]);
        URI backend = URI.create("http://127.0.0.1:" + args[1]);
        int connections = Integer.parseInt(args[2]);
        // A host takes over the limits that hold when it is added; beyond them requests get 503.
        LoadBalancingProxyClient client = new LoadBalancingProxyClient()
                .setConnectionsPerThread(connections)
                .setSoftMaxConnectionsPerThread(connections)
                .addHost(backend, null, null, OptionMap.create(Options.TCP_NODELAY, true));
        ProxyHandler handler = ProxyHandler.builder()
                .setProxyClient(client)
                .setMaxRequestTime(UNLIMITED)
                .build();
        Undertow.Builder server = Undertow.builder().setIoThreads(1).setHandler(handler);
        if (args.length > 3) {
            server.addHttpsListener(port, "127.0.0.1", TlsKeys.serverContext(Path.of(args[3])));
        } else {
            server.addHttpListener(port, "127.0.0.1");
        }
        server.build().start();
    }
}
