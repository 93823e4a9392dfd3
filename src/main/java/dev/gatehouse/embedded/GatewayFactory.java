package dev.gatehouse.embedded;

import dev.gatehouse.gateway.Sockets;
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

    /**
     * Makes one that can be given other configurations later.
     *
     * @param configuration what to serve first
     * @param sockets to be asked for each configuration after it; refuses all until the gateway is ready
     * @return a new listener; by default one that never asks
     */
    default ServletContextListener create(GatewayConfiguration configuration, Sockets sockets) {
        return create(configuration);
    }
}
