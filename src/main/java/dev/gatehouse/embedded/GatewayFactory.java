package dev.gatehouse.embedded;

import dev.gatehouse.gateway.GatewayContextListener.Launch;
import jakarta.servlet.ServletContextListener;

/** Makes the application that serves a configuration: the listener that registers the gateway's filters. */
@FunctionalInterface
public interface GatewayFactory {
    /**
     * Makes one; it begins its work when its context starts.
     *
     * @param launch what to serve first, where it came from, and the sockets to be asked for each configuration after
     *     it, which refuse all until the gateway is ready
     * @return a new listener
     */
    ServletContextListener create(Launch launch);
}
