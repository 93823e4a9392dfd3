package dev.gatehouse.routing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The parameters of a query as forms write it. Stateless. */
final class QueryParameters {
    private QueryParameters() {}

    /** Whether the value of any parameter of a name fits; both are compared decoded. */
    static boolean anyFits(String query, String name, Predicate<String> test) {
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (decoded(query.substring(start, nameEnd)).equals(name)
                    && test.test(decoded(query.substring(Math.min(nameEnd + 1, end), end)))) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a stray percent sign stands for itself
        }
    }
}
