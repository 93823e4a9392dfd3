package dev.gatehouse.embedded;

import dev.gatehouse.model.GatewayConfiguration;
import jakarta.servlet.ServletContextListener;

/** Makes the application that serves a configuration: the listener that registers the gateway's filters. */
@FunctionalInterface
public interface GatewayFactory {
    /**
     * Makes one; it begins its work when its context starts.
     *
     * @param configuration what to serve
     * @return a new listener
     */
    ServletContextListener create(GatewayConfiguration configuration);
}
