package dev.gatehouse.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An address on which Azure's gateway is reached (section 4.2). Here it only picks the address to bind, by name,
 * through {@code listen.frontends} of the local file (CFG-19). Immutable.
 *
 * @param name unique name
 * @param privateIpAddress the private address in Azure, absent for a public frontend
 * @param idleTimeout how long Azure keeps an idle connection of a client open: {@code idleTimeoutInMinutes} of the public
 *     address, where the same template makes it; 4 to 30 minutes, default 4
 */
public record FrontendIpConfiguration(String name, @Nullable String privateIpAddress, Duration idleTimeout) {
    /** What Azure takes where nothing is said. */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(4);

    public FrontendIpConfiguration {
        Checks.named("frontendIPConfigurations.name", name);
    }

    /**
     * A frontend with the default idle time-out.
     *
     * @param name as above
     * @param privateIpAddress as above
     */
    public FrontendIpConfiguration(String name, @Nullable String privateIpAddress) {
        this(name, privateIpAddress, DEFAULT_IDLE_TIMEOUT);
    }
}
