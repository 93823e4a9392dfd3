package dev.gatehouse.gateway;

import dev.gatehouse.config.LoadResult;

/** Reads the files of the gateway, at start and at each reload. Thread-safe. */
@FunctionalInterface
public interface ConfigurationSource {
    /**
     * Reads all of them.
     *
     * @return the configuration, or why it is refused
     */
    LoadResult load();
}
