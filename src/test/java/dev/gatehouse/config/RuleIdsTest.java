package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No rule of the specification's table (section 6) without a golden case that shows it. */
class RuleIdsTest {
    private static final Path CASES = Path.of("src/test/resources/dev/gatehouse/config/cases");
    private static final int LAST_RULE = 40;
    private static final Pattern ID = Pattern.compile("\\[(VAL-\\d+)]$", Pattern.MULTILINE);

    /** The one row that allows something. */
    private static final String ALLOWED = "VAL-10";

    /** Rules about TLS, whose cases come with its readers. */
    @Test
    void everyRuleIsShownByAGoldenCase() throws IOException {
        List<String> expected = IntStream.rangeClosed(1, LAST_RULE)
                .mapToObj(number -> "VAL-" + number)
                .filter(id -> !id.equals(ALLOWED))
                .toList();

        assertThat(shown()).containsAll(expected);
    }

    @Test
    void everyIdOfACaseIsARuleOfTheTable() throws IOException {
        assertThat(shown())
                .isSubsetOf(IntStream.rangeClosed(1, LAST_RULE)
                        .mapToObj(number -> "VAL-" + number)
                        .toList());
    }

    @Test
    void samePortOnPublicAndPrivateFrontendLoads() throws IOException { // VAL-10; CFG-19 tells of the one local socket
        assertThat(shown()).doesNotContain(ALLOWED);
        assertThat(Files.readString(CASES.resolve("same-port-on-two-frontends.expected")))
                .startsWith("loaded, cli-export\n")
                .contains("CFG-19")
                .doesNotContain("error");
    }

    private static Set<String> shown() throws IOException {
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".expected")).toList()) {
                Matcher matcher = ID.matcher(Files.readString(file));
                while (matcher.find()) {
                    ids.add(matcher.group(1));
                }
            }
        }
        return ids;
    }
}
