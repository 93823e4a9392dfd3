package dev.gatehouse.model;

/**
 * A port number that listeners share (section 4.3). The port opened on this machine may differ ({@code listen.ports}).
 * Immutable.
 *
 * @param name unique name
 * @param port the public port, 1-65535
 */
public record FrontendPort(String name, int port) {
    public FrontendPort {
        Checks.named("frontendPorts.name", name);
        Checks.inRange("frontendPorts.port", port, 1, 65535);
    }
}
