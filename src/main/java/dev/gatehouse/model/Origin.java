package dev.gatehouse.model;

/**
 * Where a part of the configuration was written. Immutable.
 *
 * @param file the file, as it was named to the reader
 * @param path the JSON path, {@code properties} steps left out
 * @param line line in the file, from 1
 */
public record Origin(String file, String path, int line) {}
