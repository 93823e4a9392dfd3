package dev.gatehouse.admin;

import java.util.List;
import java.util.Optional;

/**
 * A probe on demand as somebody asked for it (PRB-22), not judged yet. Immutable.
 *
 * @param pool name or id
 * @param settings name or id
 * @param protocol Http or Https; the settings' own if absent
 * @param host Host header and SNI
 * @param pickHostName take the host from the settings
 * @param path path and query; {@code /} if absent
 * @param timeoutSeconds longest wait; 30 if absent
 * @param statusCodes numbers and ranges; 200-399 if there are none
 * @param body text that the body must contain
 */
record ProbeOrder(
        Optional<String> pool,
        Optional<String> settings,
        Optional<String> protocol,
        Optional<String> host,
        boolean pickHostName,
        Optional<String> path,
        Optional<Long> timeoutSeconds,
        List<String> statusCodes,
        Optional<String> body) {
    ProbeOrder {
        statusCodes = List.copyOf(statusCodes);
    }
}
