package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.HashSet;
import java.util.Set;

/**
 * Which objects of a collection others refer to, by the references as written: an object that could not be read uses
 * what it names all the same. Confined to one load.
 */
final class Uses {
    private final Set<String> names = new HashSet<>();

    /** Adds what the objects of a table refer to under a key that holds one reference or several. */
    Uses of(Table<?> users, String key) {
        for (Table.Item<?> item : users.items()) {
            boolean isList = key.endsWith("s");
            if (isList) {
                item.object().references(key).forEach(this::add);
            } else {
                item.object().reference(key).ifPresent(this::add);
            }
        }
        return this;
    }

    boolean has(String name) {
        return names.contains(ObjectNode.fold(name));
    }

    /** Whether it is used; if not, that is said. */
    boolean hasOrNotes(Table.Item<?> item, String id, Problems problems) {
        if (!has(item.name())) {
            note(item.object(), id, problems);
        }
        return has(item.name());
    }

    void note(ConfigObject object, String id, Problems problems) {
        problems.info(
                id,
                Kind.UNUSED,
                object.place(),
                object.text("name").map(Wording::quote).orElse("this entry") + " is used by nothing.",
                "Remove it, or refer to it where it was meant.");
    }

    private void add(Reference reference) {
        names.add(ObjectNode.fold(ReferenceText.of(reference.text()).name()));
    }
}
