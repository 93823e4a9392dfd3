package dev.gatehouse.config;

import dev.gatehouse.template.BareExpressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An id reduced to what matters (CFG-14, steps 2 and 3): the last two segments, and the gateway it names. Immutable.
 *
 * @param name last segment
 * @param collection the segment before it, if any
 * @param gateway the segment after {@code applicationGateways}, if any
 */
record ReferenceText(String name, Optional<String> collection, Optional<String> gateway) {
    private static final String LEADING_DEBRIS = "[('\" ";
    private static final String TRAILING_DEBRIS = "'\")]},; ";

    static ReferenceText of(String id) {
        List<String> segments = segments(clean(literalTail(id.strip())));
        int last = segments.size() - 1;
        if (last < 0) {
            return new ReferenceText("", Optional.empty(), Optional.empty());
        }
        Optional<String> collection = last > 0 ? Optional.of(segments.get(last - 1)) : Optional.empty();
        boolean namesGateway = last >= 3 && segments.get(last - 3).equalsIgnoreCase("applicationGateways");
        return new ReferenceText(
                segments.get(last), collection, namesGateway ? Optional.of(segments.get(last - 2)) : Optional.empty());
    }

    /**
     * Of an expression whose last argument is a literal, that literal: {@code [resourceId('type', 'gw', 'port80')]} ends
     * in a name, {@code [concat(variables('gw'), '/frontendPorts/port80')]} in the two segments. Anything else is
     * returned whole, and the text rules take what they can (CFG-13).
     */
    private static String literalTail(String id) {
        if (!BareExpressions.isExpression(id)) {
            return id;
        }
        int close = id.lastIndexOf('\'');
        int open = close < 0 ? -1 : id.lastIndexOf('\'', close - 1);
        if (open < 0 || !clean(id.substring(close)).isEmpty()) {
            return id;
        }
        String before = id.substring(0, open).stripTrailing();
        return before.endsWith(",") ? id.substring(open + 1, close) : id;
    }

    private static String clean(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && LEADING_DEBRIS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && TRAILING_DEBRIS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static List<String> segments(String text) {
        List<String> segments = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = endOfSegment(text, start);
            String segment = text.substring(start, end).strip();
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
            start = end + 1;
        }
        return segments;
    }

    /** The next slash outside a hole, or the end. */
    private static int endOfSegment(String text, int start) {
        int holes = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            holes += c == '«' ? 1 : c == '»' ? -1 : 0;
            if (c == '/' && holes <= 0) {
                return i;
            }
        }
        return text.length();
    }
}
