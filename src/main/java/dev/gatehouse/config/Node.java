package dev.gatehouse.config;

/** One value of a JSON text with its place. Immutable; a step that computes values makes new nodes at the old places. */
sealed interface Node permits ObjectNode, ArrayNode, ScalarNode {
    Place place();

    /** What it is, for a message. */
    String describe();

    /** Whether both hold the same JSON, wherever they stand. */
    boolean sameAs(Node other);
}
