package dev.gatehouse.model;

/**
 * A local socket address, as text. Immutable.
 *
 * @param address IP address or host name to bind, IPv6 without brackets
 * @param port 0-65535; 0 lets the system choose
 */
public record ListenAddress(String address, int port) {
    public ListenAddress {
        Checks.named("address", address);
        Checks.inRange("port", port, 0, 65535);
    }

    @Override
    public String toString() {
        return HostText.join(address, port);
    }
}
