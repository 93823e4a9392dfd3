package dev.gatehouse.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to load. Immutable.
 *
 * @param files the gateway's files in any shape of config-model.md section 1; several, or a folder of {@code *.json},
 *     are parts of one gateway (CFG-7)
 * @param local the local file; empty means {@value ConfigurationReader#LOCAL_FILE_NAME} beside the first file, if there
 *     is one
 * @param parameterFiles ARM parameter files, the first that has a name wins
 * @param parameters single parameters by name, stronger than all files
 * @param gateway which gateway to take, where there are several
 */
public record LoadRequest(
        List<Path> files,
        Optional<Path> local,
        List<Path> parameterFiles,
        Map<String, String> parameters,
        Optional<String> gateway) {
    public LoadRequest {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files: none (expected: at least one)");
        }
        files = List.copyOf(files);
        parameterFiles = List.copyOf(parameterFiles);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * One file without parameters.
     *
     * @param file the gateway file
     * @param local the local file
     * @return the request
     */
    public static LoadRequest of(Path file, Optional<Path> local) {
        return new LoadRequest(List.of(file), local, List.of(), Map.of(), Optional.empty());
    }
}
