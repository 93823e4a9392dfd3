package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.model.GatewayConfiguration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of reading a gateway file and its local file. Immutable.
 *
 * @param configuration empty exactly if a problem is an error
 * @param problems all of both files, in the order of their lines, those of the gateway file first
 * @param shape which of the known shapes the gateway file has: {@code arm-template}, {@code arm-resource},
 *     {@code cli-export}, {@code list}, {@code fragment} or {@code unknown}
 * @param gateways the gateways in the file, more than one only with an error
 * @param tree the one gateway of the file as written, for its export; empty if there is not exactly one
 */
public record LoadResult(
        Optional<GatewayConfiguration> configuration,
        List<Problem> problems,
        String shape,
        List<Summary> gateways,
        Optional<ObjectNode> tree) {

    /** Copies the lists. */
    public LoadResult {
        problems = List.copyOf(problems);
        gateways = List.copyOf(gateways);
    }

    /**
     * A result without a tree.
     *
     * @param configuration as above
     * @param problems as above
     * @param shape as above
     * @param gateways as above
     */
    public LoadResult(
            Optional<GatewayConfiguration> configuration,
            List<Problem> problems,
            String shape,
            List<Summary> gateways) {
        this(configuration, problems, shape, gateways, Optional.empty());
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
