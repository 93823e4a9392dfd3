package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.SecretNames;
import dev.gatehouse.document.Wording;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Scalars of a file as Java values. Empty means that a problem was reported. Confined to one load.
 *
 * <p>Numbers and booleans written as text are converted with a warning (CFG-12); choices compare without regard to case
 * (CFG-10); an expression that nobody evaluated is a problem of its own (section 2).
 */
final class Scalars {
    private final Problems problems;

    Scalars(Problems problems) {
        this.problems = problems;
    }

    /** Whether the value is not known, which is then reported. */
    boolean isOpen(Node node) {
        if (node instanceof OpenNode open) {
            OpenValues.report(open, problems);
            return true;
        }
        return false;
    }

    Optional<String> text(Node node) {
        if (isOpen(node)) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            wrongType(node, "a text");
            return Optional.empty();
        }
        if (!scalar.isText()) {
            warnOfConversion(scalar, "a text", "Put it in quotes.");
        }
        return Optional.of(scalar.text());
    }

    Optional<Integer> integer(Node node, int least, int most, String id) {
        Optional<Long> number = number(node);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        long value = number.get();
        if (value < least || value > most) {
            String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
            problems.error(
                    id,
                    Kind.RANGE,
                    node.place(),
                    value + " is out of range (" + range + ").",
                    "Give a whole number, " + range + ".");
            return Optional.empty();
        }
        return Optional.of((int) value);
    }

    Optional<Long> number(Node node) {
        if (isOpen(node)) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar && scalar.type() != ScalarNode.Type.BOOLEAN) {
            Optional<Long> value = whole(scalar.text().strip());
            if (value.isPresent() && scalar.isText()) {
                warnOfConversion(scalar, "a number", "Remove the quotes.");
            }
            if (value.isPresent()) {
                return value;
            }
        }
        wrongType(node, "a whole number");
        return Optional.empty();
    }

    Optional<Boolean> flag(Node node) {
        if (isOpen(node)) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            String text = scalar.text().strip().toLowerCase(Locale.ROOT);
            boolean isBoolean = text.equals("true") || text.equals("false");
            if (isBoolean && scalar.isText()) {
                warnOfConversion(scalar, "true or false", "Remove the quotes.");
            }
            if (isBoolean) {
                return Optional.of(text.equals("true"));
            }
        }
        wrongType(node, "true or false");
        return Optional.empty();
    }

    <E> Optional<E> choice(Node node, Map<String, E> choices) {
        Optional<String> text = text(node);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, E> choice : choices.entrySet()) {
            if (choice.getKey().equalsIgnoreCase(text.get().strip())) {
                return Optional.of(choice.getValue());
            }
        }
        problems.error(
                "CFG-10",
                Kind.RANGE,
                node.place(),
                Wording.quote(text.get()) + " is none of " + Wording.list(new TreeSet<>(choices.keySet())) + ".",
                "Write one of them; case does not matter.");
        return Optional.empty();
    }

    void wrongType(Node node, String expected) {
        problems.error(
                "CFG-12",
                Kind.TYPE,
                node.place(),
                "here stands " + described(node) + ", but " + expected + " is needed.",
                "Replace it by " + expected + ".");
    }

    /** What stands there, unless it may be a secret in the wrong form. */
    private static String described(Node node) {
        String path = node.place().path();
        String name = path.substring(path.lastIndexOf('.') + 1);
        boolean isSecret = node instanceof ScalarNode && (SecretNames.isSecret(name) || name.equals("data"));
        return isSecret ? "another kind of value (it is not shown: it may be a secret)" : node.describe();
    }

    /** An empty array or object written as a text, or an empty text in its place, says that there is none. */
    boolean isEmptyText(Node node, String brackets, String expected) {
        boolean isEmpty = node instanceof ScalarNode scalar
                && scalar.isText()
                && (scalar.text().isBlank() || scalar.text().strip().equals(brackets));
        if (isEmpty) {
            warnOfConversion((ScalarNode) node, expected + " without content", "Write " + brackets + ".");
        }
        return isEmpty;
    }

    private void warnOfConversion(ScalarNode node, String expected, String cure) {
        problems.warn(
                "CFG-12",
                Kind.TYPE,
                node.place(),
                "here stands " + described(node) + ", but " + expected + " is meant; it is read as such.",
                cure);
    }

    private static Optional<Long> whole(String text) {
        @Nullable Long value = null;
        // Eighteen digits fit a long without a look at their value.
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        if (digits > 0
                && digits <= 18
                && text.substring(text.length() - digits).chars().allMatch(Scalars::isDigit)) {
            value = Long.parseLong(text);
        }
        return Optional.ofNullable(value);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
