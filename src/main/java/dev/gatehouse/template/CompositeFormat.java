package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ScalarNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * .NET's composite formatting: <code>{index[,width][:format]}</code>, doubled braces for single ones. Open arguments
 * go in as holes. Confined to one call.
 */
final class CompositeFormat {
    private static final Pattern ITEM =
            Pattern.compile("\\s*([0-9]{1,6})\\s*(?:,\\s*(-?[0-9]{1,6})\\s*)?(?::(.*))?", Pattern.DOTALL);

    private static final int LONGEST_SPECIFIER = 100;

    private final Arguments arguments;
    private final String format;
    private final StringBuilder text = new StringBuilder();

    private CompositeFormat(Arguments arguments) {
        this.arguments = arguments;
        this.format = arguments.text(0);
    }

    static String format(Arguments arguments) {
        return new CompositeFormat(arguments).text();
    }

    private String text() {
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            boolean isDoubled = format.startsWith(String.valueOf(c), at + 1);
            if ((c == '{' || c == '}') && isDoubled) {
                text.append(c);
                at += 2;
            } else if (c == '{') {
                at = item(at);
            } else if (c == '}') {
                throw wrong("a closing brace without an opening one");
            } else {
                text.append(c);
                at++;
            }
        }
        return text.toString();
    }

    private int item(int start) {
        int end = format.indexOf('}', start);
        if (end < 0) {
            throw wrong("an opening brace without a closing one");
        }
        String item = format.substring(start + 1, end);
        Matcher parts = ITEM.matcher(item);
        if (!parts.matches()) {
            throw wrong("the item {" + item + "}");
        }
        int index = Integer.parseInt(parts.group(1)) + 1;
        if (index >= arguments.count()) {
            throw wrong("the item {" + item + "}, but no argument for it");
        }
        String value = value(arguments.node(index), Optional.ofNullable(parts.group(3)), index);
        append(value, parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
        return end + 1;
    }

    private String value(Node value, Optional<String> specifier, int index) {
        Optional<BigDecimal> number = Numbers.exact(value);
        if (number.isPresent() && specifier.isPresent()) {
            if (specifier.get().length() > LONGEST_SPECIFIER) {
                throw wrong("a number format longer than " + LONGEST_SPECIFIER + " characters");
            }
            return NumberFormat.format(number.get(), specifier.get(), arguments, index);
        }
        boolean isNull = value instanceof ScalarNode scalar && scalar.type() == ScalarNode.Type.NULL;
        return isNull ? "" : arguments.spelled(index);
    }

    /** A hole's width is not known, so it is not padded. */
    private void append(String value, int width) {
        int blanks = Math.max(0, Math.abs(width) - value.length());
        String padding = value.contains("«") ? "" : " ".repeat(blanks);
        text.append(width > 0 ? padding : "").append(value).append(width < 0 ? padding : "");
        if (text.length() > Budget.LONGEST_TEXT) {
            arguments.budget().spendText(text.length(), arguments.offset());
        }
    }

    private EvaluationException wrong(String what) {
        return arguments.fault(
                0,
                "the format string has " + what + ".",
                "Write {0} for the first value; double braces that are meant as such.");
    }
}
