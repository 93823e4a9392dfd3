package dev.gatehouse.explain;

/**
 * The value of one property. Immutable.
 *
 * @param value what is compared
 * @param shown what is printed; differs from the value if that is secret
 */
record Fact(String value, String shown) {
    static Fact of(String text) {
        return new Fact(text, text.isEmpty() ? "\"\"" : text);
    }

    @Override
    public String toString() {
        return shown;
    }
}
