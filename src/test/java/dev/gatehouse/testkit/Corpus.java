package dev.gatehouse.testkit;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Real configuration files from public repositories; SOURCES.md beside them says where each comes from. */
public final class Corpus {
    private static final Path FOLDER = Path.of("src/test/resources/dev/gatehouse/corpus");

    private Corpus() {}

    /** Paths below the folder, sorted. */
    public static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /** Those that this version loads. */
    public static List<String> loadable() throws IOException {
        return files().stream().filter(file -> !load(file).hasErrors()).toList();
    }

    public static LoadResult load(String file) {
        return TestDay.reader().load(FOLDER.resolve(file), Optional.empty());
    }

    /** A text that is no file. */
    public static LoadResult loadText(String text) {
        Source source = new Source("text.json", text.getBytes(StandardCharsets.UTF_8));
        return TestDay.reader().load(source, Optional.empty(), Path.of(""));
    }
}
