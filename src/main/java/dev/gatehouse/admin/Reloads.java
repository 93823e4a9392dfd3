package dev.gatehouse.admin;

/** Reads the configuration again on demand. Thread-safe; one reload at a time, others wait their turn. */
@FunctionalInterface
public interface Reloads {
    /**
     * Reads all files and serves what they say, or changes nothing.
     *
     * @return what became of it; never fails
     */
    ReloadReport reload();
}
