package dev.gatehouse.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one message while rewrites work on it: in order, repeated names included. Names are compared
 * without regard to case. Confined to one exchange.
 */
public final class HeaderFields implements HeaderSink {
    private final List<Field> fields = new ArrayList<>();

    /**
     * One field.
     *
     * @param name as it is sent
     * @param value as it is sent, ISO-8859-1
     */
    public record Field(String name, String value) {}

    @Override
    public void add(String name, String value) {
        fields.add(new Field(name, value));
    }

    /**
     * The first field of a name.
     *
     * @param name field name, any case
     * @return its value, or null
     */
    public @Nullable String first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /**
     * All fields of a name.
     *
     * @param name field name, any case
     * @return their values in order; perhaps none
     */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /**
     * Puts one field in place of all of its name, where the first of them stood, else at the end.
     *
     * @param name field name
     * @param value the new value
     */
    public void set(String name, String value) {
        int at = indexOf(name);
        remove(name);
        fields.add(at < 0 ? fields.size() : at, new Field(name, value));
    }

    /**
     * Removes all fields of a name.
     *
     * @param name field name, any case
     */
    public void remove(String name) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    }

    /**
     * The fields themselves, to be changed one by one.
     *
     * @return in order; changes are changes of the message
     */
    public List<Field> list() {
        return fields;
    }

    /**
     * Hands all fields over in order.
     *
     * @param sink takes them
     */
    public void writeTo(HeaderSink sink) {
        for (Field field : fields) {
            sink.add(field.name(), field.value());
        }
    }

    private int indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
