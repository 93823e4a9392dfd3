package dev.gatehouse.explain;

import dev.gatehouse.model.Origin;
import dev.gatehouse.model.Origins;
import java.util.List;
import java.util.Optional;

/** Where the elements of a configuration stand, and what was noted about them. Immutable. */
final class Reasons {
    private static final String PATH_RULES = ".pathRules[";

    private final Origins origins;
    private final List<Note> notes;

    Reasons(Origins origins, List<Note> notes) {
        this.origins = origins;
        this.notes = List.copyOf(notes);
    }

    /** The place of a member, or of the element that does not have it. */
    Optional<Origin> of(String element, String member) {
        return origins.of(element, member).or(() -> origins.of(element));
    }

    /** The place where one of the members says something, tried in turn, or that of the element. */
    Optional<Origin> saying(String element, String text, String... members) {
        for (String member : members) {
            Optional<Origin> found = origins.of(element, member, text);
            if (found.isPresent()) {
                return found;
            }
        }
        return origins.of(element);
    }

    boolean has(String element, String member) {
        return origins.of(element, member).isPresent();
    }

    /** Tells all that was noted about an element which had a part in a step. */
    void addNotes(Step step, String element, Account account) {
        Optional<Origin> place = origins.of(element);
        if (place.isPresent()) {
            for (Note note : notes) {
                if (isInside(note.origin(), place.get())) {
                    account.because(step, Optional.of(note.origin()), "note: " + note.text());
                }
            }
        }
    }

    private static boolean isInside(Origin part, Origin whole) {
        String path = part.path();
        if (!part.file().equals(whole.file()) || !path.startsWith(whole.path())) {
            return false;
        }
        String rest = path.substring(whole.path().length());
        // The path rules of a map are elements of their own: only one of them had a part in this.
        return rest.isEmpty() || rest.startsWith(".") && !rest.startsWith(PATH_RULES);
    }
}
