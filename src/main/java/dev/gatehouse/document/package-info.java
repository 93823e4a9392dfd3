/**
 * JSON texts as trees whose every node knows its line and column, and the problems found in them. The only use of the
 * JSON parser's reading half. What a tree means is the business of the rooms above.
 */
@NullMarked
package dev.gatehouse.document;

import org.jspecify.annotations.NullMarked;
