package dev.gatehouse.config;

import dev.gatehouse.document.Place;

/**
 * A reference as written. Immutable.
 *
 * @param place of its id
 * @param text the id or the bare name
 */
record Reference(Place place, String text) {}
