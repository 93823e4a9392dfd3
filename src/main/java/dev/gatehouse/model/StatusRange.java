package dev.gatehouse.model;

/**
 * An inclusive range of HTTP status codes (PRB-8). Immutable.
 *
 * @param first lowest code, 100-599
 * @param last highest code, not below {@code first}
 */
public record StatusRange(int first, int last) {
    public StatusRange {
        Checks.inRange("statusCodes", first, 100, 599);
        Checks.inRange("statusCodes", last, first, 599);
    }

    /**
     * Whether a status lies in the range.
     *
     * @param status an HTTP status
     * @return true if it does
     */
    public boolean contains(int status) {
        return status >= first && status <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
