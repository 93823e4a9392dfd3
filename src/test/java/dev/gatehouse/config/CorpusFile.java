package dev.gatehouse.config;

import dev.gatehouse.document.Problem;
import dev.gatehouse.tls.JvmTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One configuration of the corpus. */
record CorpusFile(String name, Path path) {
    /** Certificates in the files are judged on one day for ever. */
    static final ConfigurationReader READER = new ConfigurationReader(new Surroundings(
            Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC), name -> null, JvmTls.running()));

    private static final Path ROOT = Path.of("src/test/resources/dev/gatehouse/corpus");

    /** All configurations, broken ones among them, companions not, in the order of their names. */
    static List<CorpusFile> all() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("SOURCES.md"));
        return lines.subList(0, lines.indexOf("## Companions")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| File"))
                .map(line -> line.substring(2, line.indexOf(" |", 2)))
                .sorted()
                .map(name -> new CorpusFile(name, ROOT.resolve(name)))
                .toList();
    }

    LoadResult load() {
        return load(Optional.empty(), firstGateway());
    }

    /** A file with several gateways is judged by its first. */
    private Optional<String> firstGateway() {
        LoadResult any = load(Optional.empty(), Optional.empty());
        return any.gateways().size() > 1 ? Optional.of(any.gateways().get(0).name()) : Optional.empty();
    }

    /** With the parameter file that stands beside it. */
    Optional<LoadResult> withParameterFile() {
        Path beside = path.resolveSibling(path.getFileName().toString().replaceFirst("\\.json$", ".parameters.json"));
        return Files.exists(beside)
                ? Optional.of(READER.load(
                        new LoadRequest(List.of(path), Optional.empty(), List.of(beside), Map.of(), firstGateway())))
                : Optional.empty();
    }

    /** With the local file that {@code check --suggest-local} prints. */
    LoadResult withSuggestion() throws IOException {
        Optional<String> text = suggestion();
        if (text.isEmpty()) {
            return load();
        }
        Path local = Files.createTempFile("suggested", ".json");
        try {
            Files.writeString(local, text.get());
            return load(Optional.of(local), firstGateway());
        } finally {
            Files.delete(local);
        }
    }

    Optional<String> suggestion() {
        return READER.suggestLocal(request(Optional.empty(), firstGateway())).text();
    }

    private LoadResult load(Optional<Path> local, Optional<String> gateway) {
        return READER.load(request(local, gateway));
    }

    private LoadRequest request(Optional<Path> local, Optional<String> gateway) {
        return new LoadRequest(List.of(path), local, List.of(), Map.of(), gateway);
    }

    static Stream<Problem> errors(LoadResult result) {
        return result.problems().stream().filter(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    @Override
    public String toString() {
        return name;
    }
}
