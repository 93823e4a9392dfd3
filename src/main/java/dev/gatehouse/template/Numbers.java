package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ScalarNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers in values. Templates calculate with whole numbers of 64 bits; fractions only pass through. Stateless. */
final class Numbers {
    /** Far beyond what a double holds; keeps digits written out from filling the memory. */
    private static final int LARGEST_SCALE = 400;

    private Numbers() {}

    /** The value if it is a number without a fraction that fits 64 bits. */
    static Optional<Long> whole(Node value) {
        try {
            return exact(value).map(BigDecimal::longValueExact);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether a number is written with digits only and without leading zeros, so that text tells numbers apart. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.startsWith("0") || text.length() == 1;
    }

    /** The value if it is a number of reasonable size. */
    static Optional<BigDecimal> exact(Node value) {
        return Values.isNumber(value) ? parse(((ScalarNode) value).text()) : Optional.empty();
    }

    static Optional<BigDecimal> parse(String text) {
        if (text.length() > LARGEST_SCALE) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text)).filter(number -> Math.abs((long) number.scale()) <= LARGEST_SCALE);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
