package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.model.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A gateway read from text and served in this JVM, as {@code run} does. */
final class ServedGateway implements AutoCloseable {
    private final LoadResult loaded;
    private final GatewayServer server;

    private ServedGateway(LoadResult loaded, GatewayServer server) {
        this.loaded = loaded;
        this.server = server;
    }

    /** Writes both texts to a directory, reads them as users' files are read, and serves. */
    static ServedGateway start(Path directory, String gateway, String local) throws IOException, StartRefusedException {
        Path file = Files.writeString(directory.resolve("gateway.json"), gateway);
        Files.writeString(directory.resolve("gatehouse.local.json"), local);
        LoadResult loaded = new ConfigurationReader().load(file, Optional.empty());
        assertThat(loaded.configuration()).as("%s", loaded.problems()).isPresent();
        GatewayConfiguration configuration = loaded.configuration().orElseThrow();
        return new ServedGateway(loaded, GatewayServer.start(Samples.plan(configuration), GatewayContextListener::new));
    }

    LoadResult loaded() {
        return loaded;
    }

    @Override
    public void close() {
        server.close();
    }
}
