package dev.gatehouse.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Command line of the form {@code --name value ...}. Confined to one thread. */
final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    Arguments(String... args) {
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("every option takes one value");
        }
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--")) {
                throw new IllegalArgumentException(args[i] + " (expected: --name value)");
            }
            values.put(args[i].substring(2), args[i + 1]);
        }
    }

    /** Each option is asked for once. */
    String text(String name, String otherwise) {
        String value = values.remove(name);
        return value == null ? otherwise : value;
    }

    /** A number of at least 1. */
    int number(String name, int otherwise) {
        String text = text(name, Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,6}")) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: 1 to 9999999)");
        }
        return Integer.parseInt(text);
    }

    Stream<String> list(String name, String otherwise) {
        return Stream.of(text(name, otherwise).split(",", -1)).filter(item -> !item.isEmpty());
    }

    void refuseUnknown() {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("unknown: --" + String.join(", --", values.keySet()));
        }
    }
}
