package dev.gatehouse.admin;

import dev.gatehouse.document.Wording;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of a call, decoded; what it may hold is checked as strictly as a command's options. Immutable. */
final class AdminQuery {
    private final Map<String, List<String>> values;

    private AdminQuery(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Reads {@code a=b&c=d}, each part encoded as forms do. */
    static AdminQuery of(@Nullable String query) throws BadCallException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String part : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = part.indexOf('=');
            String name = decoded(equals < 0 ? part : part.substring(0, equals));
            values.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(decoded(equals < 0 ? "" : part.substring(equals + 1)));
        }
        return new AdminQuery(values);
    }

    private static String decoded(String text) throws BadCallException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadCallException(
                    List.of("The query part " + Wording.quote(text) + " is not percent-encoded as it should be."));
        }
    }

    Set<String> names() {
        return values.keySet();
    }

    /** All values of a name, in order. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The only value of a name; several are a problem. */
    Optional<String> one(String name, Collection<String> problems) {
        List<String> all = all(name);
        if (all.size() > 1) {
            problems.add(name + " is given " + all.size() + " times (expected: once).");
        }
        return all.stream().findFirst();
    }

    /** A switch: true, false, or the name alone for true. */
    Optional<Boolean> flag(String name, Collection<String> problems) {
        Optional<String> text = one(name, problems);
        if (text.filter(value -> !Set.of("", "true", "false").contains(value)).isPresent()) {
            problems.add(name + ": " + Wording.quote(text.get()) + " (expected: true or false).");
        }
        return text.map(value -> !value.equals("false"));
    }

    /** Names beyond the known ones are problems. */
    void check(List<String> known, Collection<String> problems) {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(
                        "There is no query parameter " + Wording.quote(name) + Wording.known(known) + "."));
    }
}
