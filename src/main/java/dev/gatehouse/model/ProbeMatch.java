package dev.gatehouse.model;

import java.util.List;

/**
 * Which answer to a probe counts as healthy; both parts must hold (PRB-8, PRB-9). Immutable.
 *
 * @param statusCodes accepted statuses; default 200-399
 * @param body text that the body must contain, case-sensitive, at most 4090 characters; empty (default) asks for none
 */
public record ProbeMatch(List<StatusRange> statusCodes, String body) {
    /** Status 200-399, any body. */
    public static final ProbeMatch DEFAULT = new ProbeMatch(List.of(new StatusRange(200, 399)), "");

    public ProbeMatch {
        statusCodes = statusCodes.isEmpty() ? List.of(new StatusRange(200, 399)) : List.copyOf(statusCodes);
        Checks.inRange("match.body.length", body.length(), 0, 4090);
    }

    /**
     * Whether a status is accepted.
     *
     * @param status the backend's status
     * @return true if any range holds it
     */
    public boolean accepts(int status) {
        for (StatusRange range : statusCodes) {
            if (range.contains(status)) {
                return true;
            }
        }
        return false;
    }
}
