/**
 * JSON in, {@link dev.gatehouse.model} out. A text becomes a tree whose every node knows its line and column
 * (the only use of the JSON parser); the gateway objects are found in the tree; small readers, one per kind of object,
 * turn them into records and resolve their references; checks look at what several objects say together. Nothing stops
 * at the first problem: all of both files are collected, each with place, cause and cure (CFG-23).
 */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
