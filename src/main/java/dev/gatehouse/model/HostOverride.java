package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * Which Host header the backend gets (REQ-39). At most one of the two is set; neither keeps the client's. Immutable.
 *
 * @param hostName fixed name ({@code hostName} of the settings), or absent
 * @param pickFromBackendAddress use the member's FQDN or address; default false
 */
public record HostOverride(@Nullable String hostName, boolean pickFromBackendAddress) {
    /** The client's Host header goes on unchanged. */
    public static final HostOverride NONE = new HostOverride(null, false);

    public HostOverride {
        if (hostName != null && pickFromBackendAddress) {
            throw new IllegalArgumentException("hostName: " + hostName + " (expected: none with pickHostName...)");
        }
    }
}
