package dev.gatehouse.config;

import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import java.util.Optional;

/**
 * A reference as written. Immutable.
 *
 * @param place of the id, known by the path of the property that refers
 * @param text the id, expressions evaluated; with holes where they could not be
 * @param open the value, if a part of it is not known
 */
record Reference(Place place, String text, Optional<OpenNode> open) {}
