package dev.gatehouse.config;

import dev.gatehouse.document.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The blanks of a suggested local file: one for each need, merged where they share an object. Stateless. */
final class Blanks {
    private Blanks() {}

    static void add(Map<String, Object> file, Set<Need> needs) {
        for (Need need : needs) {
            boolean isParameter = need.kind() == Need.Kind.PARAMETER;
            List<String> path = new ArrayList<>(List.of(isParameter ? "parameters" : "references", need.key()));
            if (isParameter) {
                path.add("value");
            }
            path.addAll(need.path());
            fill(file, path, new JsonTree.Raw(need.sample()));
        }
    }

    /** Walks to the last step and puts the value there; what stands on the way is kept. */
    @SuppressWarnings("unchecked") // the tree holds only what this class and LocalSuggestion put there
    private static void fill(Map<String, Object> file, List<String> path, Object value) {
        Object current = file;
        for (int i = 0; i < path.size(); i++) {
            boolean isLast = i == path.size() - 1;
            Object next = isLast ? value : isIndex(path.get(i + 1)) ? new ArrayList<>() : new LinkedHashMap<>();
            Optional<Object> there = current instanceof List
                    ? inArray((List<Object>) current, next)
                    : inObject((Map<String, Object>) current, path.get(i), next);
            if (isLast || !(there.orElse("") instanceof Map || there.orElse("") instanceof List)) {
                return;
            }
            current = there.orElseThrow();
        }
    }

    private static Optional<Object> inArray(List<Object> array, Object next) {
        if (array.isEmpty()) {
            array.add(next);
        }
        return Optional.of(array.get(0));
    }

    private static Optional<Object> inObject(Map<String, Object> object, String key, Object next) {
        object.putIfAbsent(key, next);
        return Optional.ofNullable(object.get(key));
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.chars().allMatch(Character::isDigit);
    }
}
