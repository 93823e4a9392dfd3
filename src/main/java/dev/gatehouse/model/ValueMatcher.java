package dev.gatehouse.model;

/**
 * A regular expression in RE2's dialect, found anywhere in a value. Immutable.
 *
 * @param pattern the expression
 * @param ignoreCase default false
 * @param negate fits if the pattern is not found; default false
 */
public record ValueMatcher(String pattern, boolean ignoreCase, boolean negate) {}
