package dev.gatehouse.document;

/** One value of a JSON text with its place. Immutable; a step that computes values makes new nodes at the old places. */
public sealed interface Node permits ObjectNode, ArrayNode, ScalarNode, OpenNode {
    Place place();

    /** What it is, for a message. */
    String describe();

    /** How deep and large it is; costs nothing to ask. */
    Extent extent();

    /** Whether both hold the same JSON, wherever they stand. */
    boolean sameAs(Node other);
}
