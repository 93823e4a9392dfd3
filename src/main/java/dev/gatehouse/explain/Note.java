package dev.gatehouse.explain;

import dev.gatehouse.model.Origin;

/**
 * What the reading of the configuration had to say about a place in it; told to whoever's request is decided there.
 * Immutable.
 *
 * @param origin the place
 * @param text one or more sentences
 */
public record Note(Origin origin, String text) {}
