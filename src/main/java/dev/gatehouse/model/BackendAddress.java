package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * One configured member of a pool (section 4.7). Immutable.
 *
 * @param host FQDN or IP literal, IPv6 without brackets
 * @param port overrides the port of the settings; for the local file, Azure takes none (CFG-22); absent otherwise
 */
public record BackendAddress(String host, @Nullable Integer port) {
    public BackendAddress {
        Checks.named("backendAddresses.host", host);
        if (port != null) {
            Checks.inRange("backendAddresses.port", port, 1, 65535);
        }
    }

    /**
     * Whether the host is an address rather than a name. No look-up is made.
     *
     * @return true for IPv4 and IPv6 literals
     */
    public boolean isIpLiteral() {
        return HostText.isIpLiteral(host);
    }

    @Override
    public String toString() {
        return port == null ? host : HostText.join(host, port);
    }
}
