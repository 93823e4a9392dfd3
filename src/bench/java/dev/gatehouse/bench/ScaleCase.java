package dev.gatehouse.bench;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.testkit.LargeGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A generated gateway of one size.
 *
 * @param listeners how many
 * @param pathRules path rules of each listener
 */
record ScaleCase(int listeners, int pathRules) {
    static final String SMALL = "1x10";
    static final String LARGE = "100x50";

    /** From {@code listeners x path rules}, for example {@code 100x50}. */
    static ScaleCase parse(String size) {
        int by = size.indexOf('x');
        return new ScaleCase(Integer.parseInt(size.substring(0, by)), Integer.parseInt(size.substring(by + 1)));
    }

    Path write() throws IOException {
        Path file = Files.createTempFile("gatehouse-scale", ".json");
        return Files.writeString(file, new LargeGateway(listeners, pathRules).json());
    }

    static GatewayConfiguration load(Path file) {
        LoadResult result = new ConfigurationReader().load(file, Optional.empty());
        return result.configuration().orElseThrow(() -> new IllegalStateException("refused: " + result.problems()));
    }
}
