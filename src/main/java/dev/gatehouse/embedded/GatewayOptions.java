package dev.gatehouse.embedded;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadRequest;
import dev.gatehouse.config.LoadResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that reads a gateway takes beside the file itself. */
final class GatewayOptions {
    @Option(
            names = "--local",
            paramLabel = "FILE",
            description =
                    "What this machine supplies; default gatehouse.local.json beside the gateway, if there is one.")
    private @Nullable Path local;

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "An ARM parameter file; repeatable, the first that has a name wins.")
    private List<Path> parameterFiles = List.of();

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "One template parameter, stronger than all files; repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--gateway", paramLabel = "NAME", description = "Which gateway to take where there are several.")
    private @Nullable String gateway;

    /** The gateway of a file, or of a folder's files. */
    LoadResult load(Path file) {
        return new ConfigurationReader().load(request(file));
    }

    /** What the options say of a file. */
    LoadRequest request(Path file) {
        return new LoadRequest(
                List.of(file), Optional.ofNullable(local), parameterFiles, parameters, Optional.ofNullable(gateway));
    }
}
