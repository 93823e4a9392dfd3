package dev.gatehouse.template;

import dev.gatehouse.document.Place;

/**
 * Where an evaluation stands: the place its result belongs to and the text of the call, for holes and messages.
 * Immutable.
 *
 * @param place of the property that is evaluated
 * @param text the source of the call, for example {@code parameters('x')}
 * @param offset where the call begins in the text of the expression
 */
record Call(Place place, String text, int offset) {}
