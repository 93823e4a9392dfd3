package dev.gatehouse.exchange;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated header values (RFC 9110 §5.6.1). Stateless. */
public final class HeaderTokens {
    private HeaderTokens() {}

    /**
     * All list members of a field that may come several times.
     *
     * @param values the field's values, in order
     * @return the members in order, without empty ones
     */
    public static List<String> of(Iterable<String> values) {
        List<String> tokens = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                String token = part.strip();
                if (!token.isEmpty()) {
                    tokens.add(token);
                }
            }
        }
        return tokens;
    }

    /**
     * Whether one of the members is the given one.
     *
     * @param values the field's values
     * @param token a member, any case
     * @return true if it is among them
     */
    public static boolean contain(Iterable<String> values, String token) {
        for (String each : of(values)) {
            if (each.equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
