package dev.gatehouse.model;

/**
 * Where forwarding may differ from what is documented ({@code forwarding} of the local file). Immutable.
 *
 * @param allowUnderscoreHeaders forward request headers whose name holds more than letters, digits and {@code -}
 *     (REQ-4); default false
 * @param forwardNormalizedPath forward a path without its dot segments (REQ-22); default true
 * @param retryNonIdempotent ask a second member after a time-out even for POST and PATCH (REQ-38); default false
 */
public record ForwardingSettings(
        boolean allowUnderscoreHeaders, boolean forwardNormalizedPath, boolean retryNonIdempotent) {
    /** As documented. */
    public static final ForwardingSettings DEFAULT = new ForwardingSettings(false, true, false);
}
