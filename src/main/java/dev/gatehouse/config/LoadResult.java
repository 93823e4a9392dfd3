package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.Origins;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came of reading a gateway file and its local file. Immutable.
 *
 * @param configuration empty exactly if a problem is an error
 * @param problems all of both files, in the order of their lines, those of the gateway file first
 * @param shape which of the known shapes the gateway file has: {@code arm-template}, {@code arm-resource},
 *     {@code cli-export}, {@code list}, {@code fragment}, {@code parameter-file}, {@code wrapped} or {@code unknown}
 * @param gateways the gateways in the file, more than one only with an error
 * @param origins where each part of the configuration was written
 * @param tree the gateway that was chosen, without expressions, for its export; empty if none was
 * @param files what was read, or would have been if it had been there: files and folders
 */
public record LoadResult(
        Optional<GatewayConfiguration> configuration,
        List<Problem> problems,
        String shape,
        List<Summary> gateways,
        Origins origins,
        Optional<ObjectNode> tree,
        Set<Path> files) {

    /** Copies the lists. */
    public LoadResult {
        problems = List.copyOf(problems);
        gateways = List.copyOf(gateways);
        files = Set.copyOf(files);
    }

    /**
     * What came of texts that are in no file.
     *
     * @param configuration empty exactly if a problem is an error
     * @param problems all of them
     * @param shape which of the known shapes it is
     * @param gateways the gateways in it
     * @param origins where each part was written
     * @param tree the gateway that was chosen
     */
    public LoadResult(
            Optional<GatewayConfiguration> configuration,
            List<Problem> problems,
            String shape,
            List<Summary> gateways,
            Origins origins,
            Optional<ObjectNode> tree) {
        this(configuration, problems, shape, gateways, origins, tree, Set.of());
    }

    /** The same with the files it came from. */
    LoadResult from(Set<Path> read) {
        return new LoadResult(configuration, problems, shape, gateways, origins, tree, read);
    }

    /**
     * A gateway of the file in numbers. Immutable.
     *
     * @param name its name, or {@code gateway}
     * @param counts entries by collection, empty collections left out
     */
    public record Summary(String name, Map<String, Integer> counts) {
        /** Copies the map, in its order. */
        public Summary {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        }
    }

    /**
     * Whether the configuration is refused.
     *
     * @return true if a problem is an error
     */
    public boolean hasErrors() {
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }
}
