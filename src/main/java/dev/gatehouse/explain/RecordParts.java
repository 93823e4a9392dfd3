package dev.gatehouse.explain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a record, by reflection: so that no part of the model can be forgotten. Stateless. */
final class RecordParts {
    /**
     * One part.
     *
     * @param name of the component
     * @param value of it, absent if null
     */
    record Part(String name, Optional<Object> value) {}

    private RecordParts() {}

    static List<Part> of(Record record) {
        return Stream.of(record.getClass().getRecordComponents())
                .map(component -> new Part(component.getName(), Optional.ofNullable(read(component, record))))
                .toList();
    }

    /** The record's name, if it has one: then others refer to it by that. */
    static Optional<String> nameOf(Record record) {
        return of(record).stream()
                .filter(part -> part.name().equals("name"))
                .flatMap(part -> part.value().stream())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component + " of the model", e);
        }
    }
}
