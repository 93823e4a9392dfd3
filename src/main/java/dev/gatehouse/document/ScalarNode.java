package dev.gatehouse.document;

/**
 * A JSON string, number, boolean or null. Immutable.
 *
 * @param place of its first character
 * @param type which of them
 * @param text the string's value, or the literal as written
 */
public record ScalarNode(Place place, Type type, String text) implements Node {
    public enum Type {
        TEXT("the text"),
        NUMBER("the number"),
        BOOLEAN("the boolean"),
        NULL("");

        private final String word;

        Type(String word) {
            this.word = word;
        }
    }

    public boolean isText() {
        return type == Type.TEXT;
    }

    @Override
    public Extent extent() {
        return Extent.LEAF;
    }

    @Override
    public String describe() {
        return type == Type.NULL ? "null" : type.word + " " + (isText() ? Wording.quote(text) : text);
    }

    @Override
    public boolean sameAs(Node other) {
        return other instanceof ScalarNode scalar && scalar.type == type && scalar.text.equals(text);
    }
}
