package dev.gatehouse.model;

/**
 * A test of one value by a regular expression in RE2's dialect, found anywhere in it (REQ-29). Immutable.
 *
 * @param variable what is tested; a header that is absent counts as the empty text
 * @param pattern the expression
 * @param ignoreCase default false
 * @param negate holds if the pattern is not found; default false
 */
public record RewriteCondition(RewriteVariable variable, String pattern, boolean ignoreCase, boolean negate) {}
