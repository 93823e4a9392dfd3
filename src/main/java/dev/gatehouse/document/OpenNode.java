package dev.gatehouse.document;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A value that is not known, in whole or in part: an expression over something that only the user can supply, or one
 * that is wrong. It is a problem only for whoever needs the value. Immutable.
 *
 * @param place of the property whose expression could not be evaluated
 * @param text what is known of it, as text with a hole <code>«expression»</code> for each unknown part, so that two
 *     names built alike still compare equal; the whole value may also be one hole
 * @param needs what would close it, in the order found
 * @param fault why the expression is wrong, if it is
 * @param known members that are known of an object whose other members are not
 * @param isDirect whether the needs stand for this very value, so that a part of it needs only a part of them; a value
 *     computed from open ones is not
 */
public record OpenNode(
        Place place,
        String text,
        Set<Need> needs,
        Optional<Problem> fault,
        Optional<ObjectNode> known,
        boolean isDirect)
        implements Node {
    public OpenNode {
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
    }

    /** Open for want of something. */
    public static OpenNode needing(Place place, String text, Set<Need> needs) {
        return new OpenNode(place, text, needs, Optional.empty(), Optional.empty(), true);
    }

    /** Open because its expression is wrong. */
    public static OpenNode faulty(Place place, String text, Problem fault) {
        return new OpenNode(place, text, Set.of(), Optional.of(fault), Optional.empty(), false);
    }

    /**
     * A part of it.
     *
     * @param step a member's name or an element's index
     * @param text the source of the whole access, for the hole
     * @return the part if it is known, else an open value that needs only that part
     */
    public Node part(String step, String text) {
        Optional<Node> part = known.flatMap(object -> object.get(step));
        if (part.isPresent()) {
            return part.get();
        }
        Set<Need> further = needs.stream()
                .map(need -> isDirect ? need.then(step) : need)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new OpenNode(place, "«" + text + "»", further, fault, Optional.empty(), isDirect);
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
