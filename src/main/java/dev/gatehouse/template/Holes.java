package dev.gatehouse.template;

import java.util.function.UnaryOperator;

/** Texts with unknown parts, each written <code>«expression»</code>. Stateless. */
final class Holes {
    private static final int LONGEST = 500;
    private static final int SHOWN = 200;

    private Holes() {}

    /** A hole; a very long expression is cut, with a fingerprint so that different ones stay different. */
    static String hole(String expression) {
        if (expression.length() <= LONGEST) {
            return "«" + expression + "»";
        }
        String shown = expression.substring(0, SHOWN).replace("«", "").replace("»", "");
        return "«" + shown + "…" + Integer.toHexString(expression.hashCode()) + "»";
    }

    /** What a hole holds, or the text itself if it is not one hole from end to end. */
    static String inner(String text) {
        return isWhole(text) ? text.substring(1, text.length() - 1) : text;
    }

    /** Whether a part of the text is not known. */
    static boolean hasHole(String text) {
        int start = text.indexOf('«');
        return start >= 0 && endOfHole(text, start) > 0;
    }

    /** Whether nothing of the text is known. */
    static boolean isWhole(String text) {
        return text.startsWith("«") && endOfHole(text, 0) == text.length();
    }

    /** The text with its known and unknown parts changed, each by its own rule; holes are handed over without marks. */
    static String change(String text, UnaryOperator<String> known, UnaryOperator<String> hole) {
        StringBuilder changed = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('«'); at >= 0; at = text.indexOf('«', from)) {
            int end = endOfHole(text, at);
            if (end < 0) {
                break;
            }
            changed.append(known.apply(text.substring(from, at)));
            changed.append('«')
                    .append(hole.apply(text.substring(at + 1, end - 1)))
                    .append('»');
            from = end;
        }
        return changed.append(known.apply(text.substring(from))).toString();
    }

    private static int endOfHole(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '«' ? 1 : 0;
            depth -= c == '»' ? 1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
