package dev.gatehouse.model;

import java.util.Optional;

/**
 * Where each part of a configuration was written. An element is named {@code collection/name}, a path rule
 * {@code urlPathMaps/map/pathRules/rule}, a part of the local file {@code local/part} or {@code local/part/part}; case
 * does not matter. Immutable, thread-safe.
 */
public interface Origins {
    /** Nothing is known, as for a configuration that was not read from a file. */
    Origins NONE = new Origins() {
        @Override
        public Optional<Origin> of(String element) {
            return Optional.empty();
        }

        @Override
        public Optional<Origin> of(String element, String member) {
            return Optional.empty();
        }

        @Override
        public Optional<Origin> of(String element, String member, String text) {
            return Optional.empty();
        }
    };

    /**
     * Where an element begins.
     *
     * @param element its name
     * @return empty if nothing of that name was read
     */
    Optional<Origin> of(String element);

    /**
     * Where a member of an element has its value.
     *
     * @param element the element's name
     * @param member the member's name
     * @return empty if the element does not have it, so that a default applies
     */
    Optional<Origin> of(String element, String member);

    /**
     * Where a member says something: of a list the entry that does, of an entry that is an object the one that holds it.
     *
     * @param element the element's name
     * @param member the member's name
     * @param text what it says; case, blanks around it and a last dot do not matter
     * @return empty if it does not say so
     */
    Optional<Origin> of(String element, String member, String text);
}
