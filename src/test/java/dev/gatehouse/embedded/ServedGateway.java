package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.model.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A gateway read from text and served in this JVM, as {@code run} does. */
final class ServedGateway implements AutoCloseable {
    private final LoadResult loaded;
    private final GatewayServer server;
    private final AtomicReference<GatewayContextListener> application;

    private ServedGateway(
            LoadResult loaded, GatewayServer server, AtomicReference<GatewayContextListener> application) {
        this.loaded = loaded;
        this.server = server;
        this.application = application;
    }

    /** Writes both texts to a directory, reads them as users' files are read, and serves. */
    static ServedGateway start(Path directory, String gateway, String local) throws IOException, StartRefusedException {
        Path file = Files.writeString(directory.resolve("gateway.json"), gateway);
        Files.writeString(directory.resolve("gatehouse.local.json"), local);
        LoadResult loaded = new ConfigurationReader().load(file, Optional.empty());
        assertThat(loaded.configuration()).as("%s", loaded.problems()).isPresent();
        GatewayConfiguration configuration = loaded.configuration().orElseThrow();
        AtomicReference<GatewayContextListener> application = new AtomicReference<>();
        boolean hasAdmin = configuration.local().admin().isGiven();
        SocketPlan plan = hasAdmin ? SocketPlan.of(configuration) : Samples.plan(configuration);
        GatewayServer server = GatewayServer.start(plan, launch -> {
            application.set(new GatewayContextListener(launch));
            return application.get();
        });
        return new ServedGateway(loaded, server, application);
    }

    LoadResult loaded() {
        return loaded;
    }

    Snapshot snapshot() {
        return application.get().snapshot();
    }

    @Override
    public void close() {
        server.close();
    }
}
