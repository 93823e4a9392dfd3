package dev.gatehouse.model;

/**
 * Switches that hold for the whole gateway (section 4.15). Immutable.
 *
 * @param enableRequestBuffering read a request's body before the backend is used (REQ-7); default true
 * @param enableResponseBuffering take a response at the backend's speed (REQ-7); default true
 * @param disableDefaultServerHeaderInResponse leave out our {@code Server} header (REQ-47); default false
 */
public record GlobalConfiguration(
        boolean enableRequestBuffering, boolean enableResponseBuffering, boolean disableDefaultServerHeaderInResponse) {
    /** What applies where the file is silent. */
    public static final GlobalConfiguration DEFAULT = new GlobalConfiguration(true, true, false);
}
