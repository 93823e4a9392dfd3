package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * An address on which Azure's gateway is reached (section 4.2). Here it only picks the address to bind, by name,
 * through {@code listen.frontends} of the local file (CFG-19). Immutable.
 *
 * @param name unique name
 * @param privateIpAddress the private address in Azure, absent for a public frontend
 */
public record FrontendIpConfiguration(String name, @Nullable String privateIpAddress) {
    public FrontendIpConfiguration {
        Checks.named("frontendIPConfigurations.name", name);
    }
}
