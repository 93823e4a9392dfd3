package dev.gatehouse.explain;

import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import java.util.Comparator;
import java.util.List;

/**
 * What a client sees of a listener: a socket and a host. Immutable.
 *
 * @param socket where it is reached
 * @param host name or pattern; empty for any
 */
record Site(Socket socket, String host) implements Comparable<Site> {
    /**
     * A port, and the address it is opened on where the local file names one for the frontend.
     *
     * @param address empty for the address that all frontends share
     * @param port the public port
     */
    record Socket(String address, int port) implements Comparable<Socket> {
        static Socket of(GatewayConfiguration configuration, HttpListener listener) {
            String address = configuration.local().listen().addressOf(listener).address();
            boolean isShared = address.equals(configuration.local().listen().address());
            return new Socket(isShared ? "" : address, listener.frontendPort().port());
        }

        @Override
        public int compareTo(Socket other) {
            return Comparator.comparingInt(Socket::port)
                    .thenComparing(Socket::address)
                    .compare(this, other);
        }
    }

    static List<Site> of(GatewayConfiguration configuration, HttpListener listener) {
        Socket socket = Socket.of(configuration, listener);
        List<String> hosts = listener.isBasic() ? List.of("") : listener.hostNames();
        return hosts.stream().map(host -> new Site(socket, host)).sorted().toList();
    }

    /** For example {@code www.contoso.com:443}. */
    String text() {
        return text(host.isEmpty() ? "*" : host, "");
    }

    /** The same with another host and a path. */
    String text(String shownHost, String path) {
        String on = socket.address().isEmpty() ? "" : " on " + socket.address();
        return shownHost + ":" + socket.port() + path + on;
    }

    @Override
    public int compareTo(Site other) {
        return Comparator.comparing(Site::socket).thenComparing(Site::host).compare(this, other);
    }
}
