package dev.gatehouse.explain;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is not the same in two configurations. Immutable.
 *
 * @param kind what it is about: {@code listener}, {@code route}, {@code pool}, {@code settings}, {@code probe} and so on
 * @param subject which one, and which property of it
 * @param before what held in the old configuration; absent if nothing did
 * @param after what holds in the new one; absent if nothing does
 * @param text all of it in one line
 */
public record Difference(
        String kind,
        String subject,
        @Nullable String before,
        @Nullable String after,
        String text) {}
