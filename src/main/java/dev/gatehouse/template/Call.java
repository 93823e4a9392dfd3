package dev.gatehouse.template;

import dev.gatehouse.document.Place;

/**
 * Where an evaluation stands: the place its result belongs to and the text of the call, for holes and messages.
 * Immutable.
 *
 * @param place of the property that is evaluated
 * @param text the call with its arguments as far as they are known, for example {@code parameters('x')}; calls that
 *     mean the same read the same
 * @param offset of the first argument, or of the call if it has none, in the expression's text; for faults
 */
record Call(Place place, String text, int offset) {}
