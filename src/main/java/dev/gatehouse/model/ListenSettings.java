package dev.gatehouse.model;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which sockets the listeners open on this machine (CFG-19). Immutable.
 *
 * @param address address to bind where {@code frontends} names none; default {@code 127.0.0.1}
 * @param ports public port to local port; a port not named is opened as it is
 * @param frontends frontend IP configuration name, in lower case, to address to bind
 */
public record ListenSettings(String address, Map<Integer, Integer> ports, Map<String, String> frontends) {
    /** Loopback, ports as configured. */
    public static final ListenSettings DEFAULT = new ListenSettings("127.0.0.1", Map.of(), Map.of());

    public ListenSettings {
        Checks.named("listen.address", address);
        ports = Map.copyOf(ports);
        frontends = Map.copyOf(frontends);
        ports.forEach((from, to) -> {
            Checks.inRange("listen.ports", from, 1, 65535);
            Checks.inRange("listen.ports", to, 1, 65535);
        });
    }

    /**
     * The local socket of a listener.
     *
     * @param listener a listener of the gateway
     * @return address and port to bind; port 0 lets the system choose
     */
    public ListenAddress addressOf(HttpListener listener) {
        @Nullable
        String mapped = frontends.get(listener.frontendIpConfiguration().name().toLowerCase(Locale.ROOT));
        int port = listener.frontendPort().port();
        return new ListenAddress(mapped == null ? address : mapped, ports.getOrDefault(port, port));
    }
}
