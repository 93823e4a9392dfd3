package dev.gatehouse.config;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far the counted repetitions of a pattern multiply. The engine unrolls them, so that a line of text could ask for
 * gigabytes of program; Go's RE2 refuses more than 1000 for that reason, its Java twin only a single count above it.
 * Confined to one pattern.
 */
final class Repetitions {
    static final int MOST = 1000;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long deepest = 1;
    private long last = 1;

    private Repetitions(String pattern) {
        this.pattern = pattern;
    }

    static boolean isExcessive(String pattern) {
        Repetitions repetitions = new Repetitions(pattern);
        int i = 0;
        while (i < pattern.length() && repetitions.deepest <= MOST) {
            i = repetitions.take(i);
        }
        return repetitions.deepest > MOST;
    }

    /** Looks at one element and tells where the next begins. */
    private int take(int i) {
        switch (pattern.charAt(i)) {
            case '*', '+', '?' -> {}
            case '{' -> {
                return repeat(i);
            }
            case '(' -> {
                outer.push(deepest);
                deepest = 1;
            }
            case ')' -> {
                last = deepest;
                deepest = outer.isEmpty() ? deepest : Math.max(deepest, outer.pop());
            }
            default -> last = 1;
        }
        return switch (pattern.charAt(i)) {
            case '\\' -> i + 2;
            case '[' -> endOfClass(i) + 1;
            default -> i + 1;
        };
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}} multiplies what stands before; another brace is plain text. */
    private int repeat(int open) {
        int close = pattern.indexOf('}', open);
        String inside = close < 0 ? "" : pattern.substring(open + 1, close);
        if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
            last = 1;
            return open + 1;
        }
        long most = 1;
        for (String bound : inside.split(",", -1)) {
            most = bound.isEmpty() ? most : Math.max(most, Long.parseLong(bound));
        }
        last = Math.min(last * most, Integer.MAX_VALUE);
        deepest = Math.max(deepest, last);
        return close + 1;
    }

    private int endOfClass(int open) {
        // A bracket that comes first is a member of the class: []a], [^]a].
        int i = pattern.startsWith("^", open + 1) ? open + 2 : open + 1;
        i = pattern.startsWith("]", i) ? i + 1 : i;
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            i += pattern.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
