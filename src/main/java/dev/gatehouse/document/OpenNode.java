package dev.gatehouse.document;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A value that is not known, in whole or in part: an expression over something that only the user can supply.
 * Immutable.
 *
 * @param place of the property whose expression could not be evaluated
 * @param text what is known of it, as text with a hole <code>«expression»</code> for each unknown part, so that two
 *     names built alike still compare equal; the whole value may also be a hole
 * @param needs what would close it; empty if an error was reported instead
 */
public record OpenNode(Place place, String text, Set<Need> needs) implements Node {
    public OpenNode {
        needs = Set.copyOf(new LinkedHashSet<>(needs));
    }

    @Override
    public Extent extent() {
        return Extent.LEAF;
    }

    @Override
    public String describe() {
        return "the open value " + Wording.quote(text);
    }

    @Override
    public boolean sameAs(Node other) {
        return other instanceof OpenNode open && open.text.equals(text);
    }
}
