package dev.gatehouse.gateway;

import dev.gatehouse.model.AdminSettings;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.ListenAddress;
import java.util.List;
import java.util.Optional;

/** A foreign container's sockets, which are compared with the listeners of each configuration that is served. */
record ContainerSockets(ConnectorCheck check) implements Sockets {
    @Override
    public Plan plan(GatewayConfiguration configuration) {
        return new Plan() {
            @Override
            public GatewayConfiguration configuration() {
                return configuration;
            }

            @Override
            public List<String> notes() {
                return List.of();
            }

            @Override
            public void open() {}

            @Override
            public List<String> commit() {
                check.look(configuration);
                return List.of();
            }

            @Override
            public void undo() {}
        };
    }

    @Override
    public Optional<ListenAddress> admin(AdminSettings settings) {
        return FOREIGN.admin(settings);
    }
}
