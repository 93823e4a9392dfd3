package dev.gatehouse.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host with or without a port, as text of the local file. Immutable.
 *
 * @param host name or IP literal without brackets
 * @param port 0-65535, or absent
 */
record HostPort(String host, @Nullable Integer port) {

    static Optional<HostPort> parse(String text) {
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        if (close > 0) {
            return of(text.substring(1, close), text.substring(close + 1));
        }
        int colon = text.indexOf(':');
        boolean isBareV6 = colon >= 0 && text.indexOf(':', colon + 1) >= 0;
        return colon < 0 || isBareV6 ? of(text, "") : of(text.substring(0, colon), text.substring(colon));
    }

    private static Optional<HostPort> of(String host, String rest) {
        if (Hosts.complaintAboutHost(host).isPresent()) {
            return Optional.empty();
        }
        if (rest.isEmpty()) {
            return Optional.of(new HostPort(host, null));
        }
        String digits = rest.substring(1);
        boolean isNumber = rest.charAt(0) == ':'
                && !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber || Integer.parseInt(digits) > 65535) {
            return Optional.empty();
        }
        return Optional.of(new HostPort(host, Integer.parseInt(digits)));
    }
}
