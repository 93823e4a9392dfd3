package dev.gatehouse.template;

import dev.gatehouse.document.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Finds a linked template among the files of this machine; nothing is fetched. */
public interface LinkedTemplates {
    /** Finds none. */
    LinkedTemplates NONE = new LinkedTemplates() {
        @Override
        public Optional<ObjectNode> find(String uri) {
            return Optional.empty();
        }

        @Override
        public List<String> missing() {
            return List.of();
        }
    };

    /**
     * The template behind an address.
     *
     * @param uri as the template computes it; unknown parts are holes
     * @return its root, or empty if no file fits
     */
    Optional<ObjectNode> find(String uri);

    /**
     * The addresses that were asked for in vain.
     *
     * @return in the order asked
     */
    List<String> missing();
}
