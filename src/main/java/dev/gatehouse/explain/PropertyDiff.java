package dev.gatehouse.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Two sets of facts about one thing, compared. Stateless. */
final class PropertyDiff {
    private PropertyDiff() {}

    /**
     * One difference for every property that is not the same.
     *
     * @param kind of the differences
     * @param name of the thing as shown; empty for the gateway itself
     */
    static List<Difference> of(
            String kind, String name, SortedMap<String, Fact> before, SortedMap<String, Fact> after) {
        TreeSet<String> properties = new TreeSet<>(before.keySet());
        properties.addAll(after.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String property : properties) {
            @Nullable Fact was = before.get(property);
            @Nullable Fact is = after.get(property);
            boolean isSame = was != null && is != null && was.value().equals(is.value());
            if (!isSame) {
                differences.add(new Difference(
                        kind,
                        name.isEmpty() ? property : name + " " + property,
                        was == null ? null : was.shown(),
                        is == null ? null : is.shown(),
                        (name.isEmpty() ? kind : kind + " " + name) + ": " + property + " " + text(was, is)));
            }
        }
        return differences;
    }

    private static String text(@Nullable Fact was, @Nullable Fact is) {
        String before = was == null ? "none" : was.shown();
        String after = is == null ? "none" : is.shown();
        return before.equals(after) ? "changed" : before + " -> " + after;
    }
}
