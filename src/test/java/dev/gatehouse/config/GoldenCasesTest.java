package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.tls.CipherSuites;
import dev.gatehouse.tls.JvmTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code case.json} in the folder, with {@code case.local.json} if there is one, gives exactly the problems of
 * {@code case.expected}: severity, place, cause, cure and id of each, and whether a configuration came out.
 */
class GoldenCasesTest {
    private static final Path CASES = Path.of("src/test/resources/dev/gatehouse/config/cases");

    /** No case may depend on today, on this machine or on its JVM. */
    private static final Surroundings SURROUNDINGS = new Surroundings(
            Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC),
            Map.of("STORE_PASSWORD", "secret1")::get,
            new JvmTls(
                    "17",
                    Set.of("TLSv1.3", "TLSv1.2"),
                    CipherSuites.all().stream()
                            .filter(name -> !name.contains("3DES"))
                            .collect(Collectors.toSet())));

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.endsWith(".local.json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void caseGivesTheExpectedProblems(String name) throws IOException {
        LoadResult result = load(name);

        assertThat(describe(result)).isEqualTo(Files.readString(CASES.resolve(name + ".expected")));
    }

    private static LoadResult load(String name) throws IOException {
        Source gateway = new Source(name + ".json", Files.readAllBytes(CASES.resolve(name + ".json")));
        Path localFile = CASES.resolve(name + ".local.json");
        Optional<Source> local = Files.exists(localFile)
                ? Optional.of(new Source(name + ".local.json", Files.readAllBytes(localFile)))
                : Optional.empty();
        return reader(name).load(gateway, local, CASES);
    }

    /** {@code case.names} lists the only names that resolve in that case; without it none is looked up. */
    private static ConfigurationReader reader(String name) throws IOException {
        Path names = CASES.resolve(name + ".names");
        return new ConfigurationReader(
                Files.exists(names)
                        ? SURROUNDINGS.resolving(Set.copyOf(Files.readAllLines(names))::contains)
                        : SURROUNDINGS);
    }

    private static String describe(LoadResult result) {
        String outcome = result.configuration().isPresent() ? "loaded" : "refused";
        String problems = result.problems().stream()
                .map(problem ->
                        problem.severity().label() + " " + problem.kind().label() + " " + problem.text() + "\n")
                .collect(Collectors.joining());
        return outcome + ", " + result.shape() + "\n" + problems;
    }

    /** Prints what a case gives now, for a person to read before it becomes the expectation. */
    public static void main(String[] names) throws IOException {
        for (String name : names.length == 0 ? cases().toArray(String[]::new) : names) {
            Files.write(CASES.resolve(name + ".expected"), describe(load(name)).getBytes(StandardCharsets.UTF_8));
        }
    }
}
