package dev.gatehouse.model;

/**
 * When the files are read again ({@code reload} of the local file). Immutable.
 *
 * @param watch on every change of a file; default true
 */
public record ReloadSettings(boolean watch) {
    /** Watched. */
    public static final ReloadSettings DEFAULT = new ReloadSettings(true);
}
