package dev.gatehouse.exchange;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which fields may follow a body (RFC 9110 §6.5.1, REQ-43), and whether a client wants them (REQ-42). Stateless. */
public final class TrailerFields {
    // Framing, routing, authentication, request modifiers, response control, content format: a recipient would have
    // needed them before the body, and one that merges them later could be made to take a request for another one.
    private static final Set<String> FORBIDDEN = Set.of(
            "age",
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "expect",
            "expires",
            "forwarded",
            "host",
            "location",
            "max-forwards",
            "pragma",
            "range",
            "retry-after",
            "set-cookie",
            "strict-transport-security",
            "vary",
            "warning",
            "www-authenticate");
    private static final List<String> FORBIDDEN_PREFIXES =
            List.of("if-", "access-control-", "x-forwarded-", "x-original-", "x-appgw-", "x-azure-", "x-msft-");

    private TrailerFields() {}

    /**
     * Whether a field may be passed on behind a body.
     *
     * @param name field name, any case
     * @return false for fields that must stand before it, or belong to one connection
     */
    public static boolean mayFollow(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isPlain(lower)
                && !HopByHop.isHopByHop(name)
                && !FORBIDDEN.contains(lower)
                && FORBIDDEN_PREFIXES.stream().noneMatch(lower::startsWith);
    }

    // REQ-4, for both directions
    private static boolean isPlain(String lowerName) {
        return !lowerName.isEmpty()
                && lowerName.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /**
     * The fields that a request announces for its end.
     *
     * @param announced values of its Trailer fields
     * @return those that may be passed on; most often none
     */
    public static List<String> announced(Enumeration<String> announced) {
        List<String> names = List.of();
        while (announced.hasMoreElements()) {
            List<String> both = new ArrayList<>(names);
            both.addAll(announced(announced.nextElement()));
            names = both;
        }
        return names;
    }

    /**
     * The fields that one value of Trailer announces.
     *
     * @param announced value of a Trailer field
     * @return those that may be passed on
     */
    public static List<String> announced(String announced) {
        return HeaderTokens.of(List.of(announced)).stream()
                .filter(TrailerFields::mayFollow)
                .toList();
    }

    /**
     * Whether a client says that it takes trailer fields.
     *
     * @param request a client's request
     * @return true if its TE holds {@code trailers}
     */
    public static boolean isWantedBy(RequestView request) {
        Enumeration<String> codings = request.headers("TE");
        while (codings.hasMoreElements()) {
            if (HeaderTokens.contain(List.of(codings.nextElement()), "trailers")) {
                return true;
            }
        }
        return false;
    }
}
