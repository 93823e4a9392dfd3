package dev.gatehouse.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The head of a backend's answer. Immutable.
 *
 * @param status 200-599, or 101
 * @param reason what stands behind it, perhaps nothing
 * @param fields header fields in order, repeated names included
 */
record ResponseHead(int status, String reason, List<Field> fields) {
    ResponseHead {
        fields = List.copyOf(fields);
    }

    /**
     * One header field.
     *
     * @param name as sent
     * @param value ISO-8859-1, stripped
     */
    record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** All values of a name, any case. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.is(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /** The first value of a name, any case. */
    Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }
}
