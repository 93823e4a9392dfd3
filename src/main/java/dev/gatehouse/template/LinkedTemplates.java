package dev.gatehouse.template;

import dev.gatehouse.document.ObjectNode;
import java.util.Optional;

/** Finds a linked template among the files of this machine; nothing is fetched. */
@FunctionalInterface
public interface LinkedTemplates {
    /** Finds none. */
    LinkedTemplates NONE = uri -> Optional.empty();

    /**
     * The template behind an address.
     *
     * @param uri as the template computes it; unknown parts are holes
     * @return its root, or empty if no file fits
     */
    Optional<ObjectNode> find(String uri);
}
