package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.CookieAffinity;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds clients to members by cookies (REQ-35, WS-15). All values are worked out beforehand, so reading a cookie is one
 * look-up. Immutable.
 */
public final class Affinity {
    private static final String TWIN = "CORS";
    private static final int VALUE_LENGTH = 32;

    private final String name;
    private final Map<String, Upstream> byValue;
    private final Map<Upstream, List<String>> setCookies;

    private Affinity(String name, Map<String, Upstream> byValue, Map<Upstream, List<String>> setCookies) {
        this.name = name;
        this.byValue = byValue;
        this.setCookies = setCookies;
    }

    /**
     * Cookies for the members of a pool.
     *
     * @param settings say whether, and the cookie's name
     * @param members who may be named
     * @param secret what the values are made with
     * @return empty if affinity is off
     */
    public static Optional<Affinity> of(BackendHttpSettings settings, List<Upstream> members, AffinitySecret secret) {
        CookieAffinity cookies = settings.affinity();
        if (!cookies.enabled()) {
            return Optional.empty();
        }
        Map<String, Upstream> byValue = new HashMap<>();
        Map<Upstream, List<String>> texts = new HashMap<>();
        for (Upstream member : members) {
            String value = secret.valueOf(settings.name(), member);
            byValue.putIfAbsent(value, member);
            texts.put(member, texts(cookies.cookieName(), value));
        }
        return Optional.of(new Affinity(cookies.cookieName(), Map.copyOf(byValue), Map.copyOf(texts)));
    }

    // As Azure sends them: the twin first, which browsers take from Https pages alone, also across sites.
    private static List<String> texts(String name, String value) {
        return List.of(name + TWIN + "=" + value + "; Path=/; SameSite=None; Secure", name + "=" + value + "; Path=/");
    }

    /** One for the members of several pools with the same settings. */
    static Optional<Affinity> union(List<Affinity> parts) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Upstream> byValue = new HashMap<>();
        Map<Upstream, List<String>> texts = new HashMap<>();
        for (Affinity part : parts) {
            part.byValue.forEach(byValue::putIfAbsent);
            texts.putAll(part.setCookies);
        }
        return Optional.of(new Affinity(parts.get(0).name, Map.copyOf(byValue), Map.copyOf(texts)));
    }

    /**
     * The member that a request's cookies name: the plain cookie counts before its twin. Reads each field once from
     * left to right, whatever it holds.
     *
     * @param cookieFields values of the request's {@code Cookie} fields
     * @return null if no cookie names a member; never more than that is said of its health
     */
    public @Nullable Upstream memberOf(Enumeration<String> cookieFields) {
        @Nullable Upstream twin = null;
        while (cookieFields.hasMoreElements()) {
            String field = cookieFields.nextElement();
            for (int start = 0; start < field.length(); start = endOf(field, start) + 1) {
                int begin = afterBlanks(field, start);
                if (field.startsWith(name, begin)) {
                    @Nullable Upstream plain = valueAt(field, begin + name.length());
                    if (plain != null) {
                        return plain;
                    }
                    if (twin == null && field.startsWith(TWIN, begin + name.length())) {
                        twin = valueAt(field, begin + name.length() + TWIN.length());
                    }
                }
            }
        }
        return twin;
    }

    private static int endOf(String field, int start) {
        int end = field.indexOf(';', start);
        return end < 0 ? field.length() : end;
    }

    private static int afterBlanks(String field, int start) {
        int begin = start;
        while (begin < field.length() && (field.charAt(begin) == ' ' || field.charAt(begin) == '\t')) {
            begin++;
        }
        return begin;
    }

    // RFC 6265 §4.1.1 lets a value stand in quotes. A value of another length is none of ours.
    private @Nullable Upstream valueAt(String field, int equals) {
        if (equals >= field.length() || field.charAt(equals) != '=') {
            return null;
        }
        boolean isQuoted = field.startsWith("\"", equals + 1);
        int begin = isQuoted ? equals + 2 : equals + 1;
        int end = begin + VALUE_LENGTH;
        if (end > field.length() || (isQuoted && !field.startsWith("\"", end))) {
            return null;
        }
        int after = afterBlanks(field, isQuoted ? end + 1 : end);
        boolean isWhole = after == field.length() || field.charAt(after) == ';';
        return isWhole ? byValue.get(field.substring(begin, end)) : null;
    }

    /**
     * The fields that bind a client to a member.
     *
     * @param member who answered it
     * @return values of {@code Set-Cookie}, in the order of the answer
     */
    public List<String> setCookies(Upstream member) {
        return setCookies.getOrDefault(member, List.of());
    }

    /**
     * Name of the plain cookie.
     *
     * @return its twin has {@code CORS} appended
     */
    public String cookieName() {
        return name;
    }
}
