package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Need;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers why values are open: what would close them, and the first thing that is wrong. Confined to one call. */
final class Openness {
    private final Set<Need> needs = new LinkedHashSet<>();
    private @Nullable Problem fault;
    private boolean isOpen;

    /** Whether anything gathered so far is open. */
    boolean isOpen() {
        return isOpen;
    }

    Openness add(Node value) {
        if (value instanceof OpenNode open) {
            isOpen = true;
            needs.addAll(open.needs());
            fault = fault == null ? open.fault().orElse(null) : fault;
        } else if (value instanceof ArrayNode array) {
            array.elements().forEach(this::add);
        } else if (value instanceof ObjectNode object) {
            object.members().forEach(member -> add(member.value()));
        }
        return this;
    }

    /** A result that is open for the same reasons. */
    OpenNode open(Place place, String text) {
        return new OpenNode(place, text, needs, Optional.ofNullable(fault), Optional.empty(), false);
    }
}
