package dev.gatehouse.model;

/** The few range checks that the records share. Stateless. */
final class Checks {
    private Checks() {}

    static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
        return value;
    }

    static String named(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + ": empty (expected: a name)");
        }
        return name;
    }
}
