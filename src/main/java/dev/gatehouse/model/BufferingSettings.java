package dev.gatehouse.model;

import java.nio.file.Path;

/**
 * How much of a body is kept where the gateway file asks for buffering ({@code buffering} of the local file, REQ-7).
 * Immutable.
 *
 * @param memoryBytes kept in memory for each body; default 64 KiB
 * @param diskBytes kept in a temporary file for each body beyond that; what is longer still is streamed; default 1 GiB
 * @param totalDiskBytes kept in temporary files for all bodies together; default 4 GiB
 * @param directory where temporary files are made; default the system's directory for them
 * @param sseAutoFlush pass {@code text/event-stream} on event by event even where responses are buffered; default true
 */
public record BufferingSettings(
        int memoryBytes, long diskBytes, long totalDiskBytes, Path directory, boolean sseAutoFlush) {
    /** The defaults. */
    public static final BufferingSettings DEFAULT = new BufferingSettings(
            64 * 1024, 1L << 30, 4L << 30, Path.of(System.getProperty("java.io.tmpdir", ".")), true);

    public BufferingSettings {
        Checks.inRange("buffering.memory", memoryBytes, 0, 1 << 24);
        if (diskBytes < 0 || totalDiskBytes < 0) {
            throw new IllegalArgumentException(
                    "buffering.disk: " + diskBytes + ", buffering.totalDisk: " + totalDiskBytes + " (expected: >= 0)");
        }
    }
}
