package dev.gatehouse.exchange;

/** Takes the header fields of a message that is being made, in order, repeated names included. */
@FunctionalInterface
public interface HeaderSink {
    /**
     * Takes one field.
     *
     * @param name field name
     * @param value field value, ISO-8859-1
     */
    void add(String name, String value);
}
