package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Functions that make text. Where an argument is open they keep what is known of it. Stateless. */
final class TextFunctions {
    private TextFunctions() {}

    static List<Builtin> all() {
        return List.of(
                free("concat", 1, ANY, TextFunctions::concat),
                free("format", 1, ANY, TextFunctions::format),
                free("join", 2, 2, TextFunctions::join),
                free("replace", 3, 3, TextFunctions::replace),
                free("string", 1, 1, arguments -> arguments.ofSpelled(arguments.spelled(0))),
                free("toLower", 1, 1, arguments -> changed(arguments, text -> text.toLowerCase(Locale.ROOT))),
                free("toUpper", 1, 1, arguments -> changed(arguments, text -> text.toUpperCase(Locale.ROOT))),
                free(
                        "trim",
                        1,
                        1,
                        arguments ->
                                arguments.ofSpelled(textOrOpen(arguments, 0).strip())),
                known("padLeft", 2, 3, TextFunctions::padLeft),
                known("split", 2, 2, TextFunctions::split),
                known("substring", 2, 3, TextFunctions::substring));
    }

    /** The argument's text, which must be a string as far as it is known. */
    static String textOrOpen(Arguments arguments, int index) {
        return arguments.isOpen(index) ? arguments.spelled(index) : arguments.text(index);
    }

    private static Node concat(Arguments arguments) {
        boolean isArray = arguments.nodes().stream().anyMatch(ArrayNode.class::isInstance);
        return isArray ? concatArrays(arguments) : concatTexts(arguments);
    }

    private static Node concatArrays(Arguments arguments) {
        List<Node> elements = new ArrayList<>();
        boolean isOpen = false;
        for (int i = 0; i < arguments.count(); i++) {
            isOpen |= arguments.isOpen(i);
            if (!arguments.isOpen(i)) {
                elements.addAll(arguments.array(i));
                arguments.budget().spendArray(elements.size(), arguments.offset(i));
            }
        }
        return isOpen ? arguments.open() : arguments.of(elements);
    }

    private static Node concatTexts(Arguments arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < arguments.count(); i++) {
            if (arguments.node(i) instanceof ObjectNode) {
                throw arguments.wrong(i, "a string or an array");
            }
            text.append(arguments.spelled(i));
            arguments.budget().spendText(text.length(), arguments.offset(i));
        }
        return arguments.ofSpelled(text.toString());
    }

    private static Node format(Arguments arguments) {
        if (arguments.isOpen(0)) {
            arguments.nodes();
            return arguments.open();
        }
        String text = CompositeFormat.format(arguments);
        arguments.nodes();
        return arguments.ofSpelled(text);
    }

    private static Node join(Arguments arguments) {
        if (arguments.isOpen(0)) {
            arguments.nodes();
            return arguments.open();
        }
        StringBuilder text = new StringBuilder();
        String delimiter = arguments.spelled(1);
        List<Node> elements = arguments.array(0);
        for (int i = 0; i < elements.size(); i++) {
            text.append(i == 0 ? "" : delimiter);
            text.append(JsonSpelling.spell(elements.get(i), arguments.budget(), arguments.offset(0)));
            if (text.length() > Budget.LONGEST_TEXT) {
                arguments.budget().spendText(text.length(), arguments.offset());
            }
        }
        return arguments.ofSpelled(text.toString());
    }

    /** What a hole holds is replaced too, so the hole must say so; its neighbours are known and change here. */
    private static Node replace(Arguments arguments) {
        if (arguments.isOpen(1) || arguments.isOpen(2)) {
            arguments.nodes();
            return arguments.open();
        }
        String old = arguments.text(1);
        String fresh = arguments.text(2);
        if (old.isEmpty()) {
            throw arguments.fault(1, "the empty string cannot be replaced.", "Give the characters to replace.");
        }
        UnaryOperator<String> known = text -> replaced(arguments, text, old, fresh);
        if (!arguments.isOpen(0)) {
            return arguments.of(known.apply(arguments.text(0)));
        }
        String rest = ", " + JsonSpelling.argument(arguments.node(1), arguments.budget(), arguments.offset(1)) + ", "
                + JsonSpelling.argument(arguments.node(2), arguments.budget(), arguments.offset(2)) + ")";
        String text =
                Holes.change(arguments.spelled(0), known, hole -> Holes.inner(Holes.hole("replace(" + hole + rest)));
        arguments.budget().spendText(text.length(), arguments.offset());
        return arguments.ofSpelled(text);
    }

    private static String replaced(Arguments arguments, String text, String old, String fresh) {
        arguments.budget().spendSearch(text.length(), old.length(), arguments.offset());
        long growth = Math.max(0, fresh.length() - old.length());
        if (growth > 0) {
            long found = occurrences(text, old);
            arguments.budget().spendText(text.length() + found * growth, arguments.offset());
        }
        return text.replace(old, fresh);
    }

    private static long occurrences(String text, String word) {
        long found = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            found++;
        }
        return found;
    }

    private static Node changed(Arguments arguments, UnaryOperator<String> change) {
        String text = textOrOpen(arguments, 0);
        arguments.budget().spendText(text.length(), arguments.offset(0));
        return arguments.node(0) instanceof OpenNode
                ? arguments.ofSpelled(Holes.change(text, change, UnaryOperator.identity()))
                : arguments.of(change.apply(text));
    }

    private static Node padLeft(Arguments arguments) {
        if (!Values.isText(arguments.node(0)) && !Values.isNumber(arguments.node(0))) {
            throw arguments.wrong(0, "a string or a number");
        }
        String text = arguments.spelled(0);
        int length = arguments.small(1);
        String filler = arguments.count() > 2 ? arguments.text(2) : " ";
        if (filler.length() != 1) {
            throw arguments.wrong(2, "a string of one character");
        }
        if (length < 0) {
            throw arguments.fault(1, "the length " + length + " is negative.", "Give a length from 0.");
        }
        arguments.budget().spendText(length, arguments.offset(1));
        return arguments.of(filler.repeat(Math.max(0, length - text.length())) + text);
    }

    private static Node substring(Arguments arguments) {
        String text = arguments.text(0);
        long start = arguments.whole(1);
        if (start < 0 || start > text.length()) {
            throw arguments.fault(
                    1,
                    "the start " + start + " lies outside the string, which has " + text.length() + " characters.",
                    "Give a start within it.");
        }
        long length = arguments.count() > 2 ? arguments.whole(2) : text.length() - start;
        if (length < 0 || length > text.length() - start) {
            throw arguments.fault(
                    2,
                    "the length " + length + " from " + start + " goes beyond the string, which has " + text.length()
                            + " characters.",
                    "Give a length within it, or use take().");
        }
        return arguments.of(text.substring((int) start, (int) (start + length)));
    }

    private static Node split(Arguments arguments) {
        String text = arguments.text(0);
        List<String> delimiters = delimiters(arguments);
        List<Node> parts = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            int length = delimiterAt(text, at, delimiters);
            if (length > 0) {
                parts.add(Values.text(arguments.place(), text.substring(from, at)));
                at += length;
                from = at;
            } else {
                at++;
            }
        }
        parts.add(Values.text(arguments.place(), text.substring(from)));
        return arguments.of(parts);
    }

    private static List<String> delimiters(Arguments arguments) {
        List<String> delimiters = new ArrayList<>();
        if (Values.isText(arguments.node(1))) {
            delimiters.add(arguments.text(1));
        } else {
            for (Node delimiter : arguments.array(1)) {
                if (!Values.isText(delimiter)) {
                    throw arguments.wrong(1, "a string or an array of strings");
                }
                delimiters.add(JsonSpelling.spell(delimiter, arguments.budget(), arguments.offset(1)));
            }
        }
        int all = delimiters.stream()
                .mapToInt(delimiter -> delimiter.length() + 1)
                .sum();
        arguments.budget().spendSearch(arguments.text(0).length(), all, arguments.offset(1));
        return delimiters;
    }

    private static int delimiterAt(String text, int at, List<String> delimiters) {
        for (String delimiter : delimiters) {
            if (!delimiter.isEmpty() && text.startsWith(delimiter, at)) {
                return delimiter.length();
            }
        }
        return 0;
    }
}
