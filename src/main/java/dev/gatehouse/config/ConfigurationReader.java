package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a gateway file and the local file beside it to a configuration, or to all problems that prevent one (CFG-23).
 * Bad input never throws. Thread-safe.
 */
public final class ConfigurationReader {
    /** The local file that is looked for beside the gateway file. */
    public static final String LOCAL_FILE_NAME = "gatehouse.local.json";

    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final List<String> COUNTED = List.of(
            "frontendIPConfigurations",
            "frontendPorts",
            "httpListeners",
            "requestRoutingRules",
            "urlPathMaps",
            "redirectConfigurations",
            "backendAddressPools",
            "backendHttpSettingsCollection",
            "probes",
            "sslCertificates",
            "trustedRootCertificates",
            "rewriteRuleSets");

    /** A reader; it keeps nothing between loads. */
    public ConfigurationReader() {}

    /**
     * A text that is no file of its own, such as a resource of a WAR.
     *
     * @param name how problems call it
     * @param bytes its content, UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    public record Source(String name, byte[] bytes) {}

    /**
     * Reads files.
     *
     * @param file the gateway file, in any shape of config-model.md section 1
     * @param local the local file; empty means {@value #LOCAL_FILE_NAME} beside the gateway file, if there is one
     * @return the configuration, or why there is none; relative paths of the local file start at its directory
     */
    public LoadResult load(Path file, Optional<Path> local) {
        Problems problems = new Problems();
        Path localFile = local.orElseGet(() -> file.resolveSibling(LOCAL_FILE_NAME));
        boolean readsLocal = local.isPresent() || Files.exists(localFile);
        Optional<Source> gatewaySource = source(file, problems);
        Optional<Source> localSource = readsLocal ? source(localFile, problems) : Optional.empty();
        Path directory = Optional.ofNullable(localFile.getParent()).orElse(Path.of(""));
        return load(gatewaySource, localSource, localFile.toString(), directory, problems);
    }

    /**
     * Reads texts.
     *
     * @param gateway the gateway file's content
     * @param local the local file's content, if any
     * @param directory where relative paths of the local file start
     * @return the configuration, or why there is none
     */
    public LoadResult load(Source gateway, Optional<Source> local, Path directory) {
        String localName = local.map(Source::name).orElse("");
        return load(Optional.of(gateway), local, localName, directory, new Problems());
    }

    private static LoadResult load(
            Optional<Source> gateway, Optional<Source> local, String localName, Path directory, Problems problems) {
        Optional<TreeReader.Tree> tree = gateway.flatMap(source -> tree(source, problems));
        Optional<LocalFile> localFile =
                local.flatMap(source -> tree(source, problems)).flatMap(found -> localFile(found, directory, problems));
        if (tree.isEmpty()) {
            return new LoadResult(Optional.empty(), problems.sorted(localName), "unknown", List.of());
        }
        GatewayFinder.Found found = GatewayFinder.find(tree.get());
        LocalFile settings = localFile.orElse(LocalFile.ABSENT);
        Optional<ObjectNode> only = GatewayFinder.onlyOne(found, tree.get().root(), problems);
        Optional<Gateway> read = only.map(node -> new GatewayReader(node, settings, problems).read());
        Optional<GatewayConfiguration> configuration = read.filter(whole -> !problems.hasErrors())
                .map(whole -> new GatewayConfiguration(whole, settings.settings()));
        return new LoadResult(configuration, problems.sorted(localName), found.shape(), summaries(found), only);
    }

    private static Optional<TreeReader.Tree> tree(Source source, Problems problems) {
        return TreeReader.read(source.name(), source.bytes(), problems);
    }

    private static Optional<LocalFile> localFile(TreeReader.Tree tree, Path directory, Problems problems) {
        if (tree.root() instanceof ObjectNode root) {
            return Optional.of(new LocalFileReader(root, directory, problems).read());
        }
        new Values(problems, false).wrongType(tree.root(), "an object");
        return Optional.empty();
    }

    private static Optional<Source> source(Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                return Optional.of(new Source(file.toString(), bytes));
            }
            refuse(
                    file,
                    "the file is larger than " + MOST_BYTES + " bytes.",
                    "Give the gateway's JSON only.",
                    problems);
        } catch (NoSuchFileException e) {
            refuse(file, "there is no such file.", "Correct the name.", problems);
        } catch (IOException e) {
            refuse(file, "the file cannot be read: " + e + ".", "Check that it is a readable file.", problems);
        }
        return Optional.empty();
    }

    private static void refuse(Path file, String message, String cure, Problems problems) {
        problems.error("JSON", Kind.SYNTAX, Place.wholeFile(file.toString()), message, cure);
    }

    private static List<LoadResult.Summary> summaries(GatewayFinder.Found found) {
        // Counting is no reading: its problems, if any, are found again there.
        Problems unused = new Problems();
        return found.gateways().stream()
                .map(node -> new LoadResult.Summary(GatewayFinder.nameOf(node), counts(ConfigObject.of(node, unused))))
                .toList();
    }

    private static Map<String, Integer> counts(ConfigObject gateway) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : COUNTED) {
            int size = gateway.array(name).size();
            if (size > 0) {
                counts.put(name, size);
            }
        }
        return counts;
    }
}
