package dev.gatehouse.observe;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Hides the values of query parameters whose names are listed (OBS-2). Immutable. */
final class Scrub {
    private static final String HIDDEN = "***";

    private final Set<String> names;

    /** Names in any case. */
    Scrub(List<String> names) {
        this.names = new HashSet<>();
        names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** A path with or without query. */
    String target(String target) {
        int mark = names.isEmpty() ? -1 : target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark + 1) + query(target.substring(mark + 1));
    }

    /** A query without question mark. */
    String query(String query) {
        if (names.isEmpty() || query.isEmpty()) {
            return query;
        }
        StringBuilder scrubbed = new StringBuilder(query.length());
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            boolean isHidden =
                    equals > 0 && names.contains(part.substring(0, equals).toLowerCase(Locale.ROOT));
            scrubbed.append(scrubbed.isEmpty() ? "" : "&")
                    .append(isHidden ? part.substring(0, equals + 1) + HIDDEN : part);
        }
        return scrubbed.toString();
    }
}
