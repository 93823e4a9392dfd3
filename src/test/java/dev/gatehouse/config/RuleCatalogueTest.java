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

class RuleCatalogueTest {
    private static final Path CASES = Path.of("src/test/resources/dev/gatehouse/config/cases");
    private static final Path RESOURCE = Path.of("src/main/resources/dev/gatehouse/config/rules.properties");
    private static final Path CODE = Path.of("src/main/java/dev/gatehouse/config");
    private static final Pattern ID_IN_A_REPORT = Pattern.compile("\\[([A-Z]+(?:-\\d+)?)]$", Pattern.MULTILINE);
    private static final Pattern ID_IN_CODE =
            Pattern.compile("\"((?:ADM|VAL|CFG|REQ|TLS|WAF)-\\d+|MISSING|JSON|LOCAL)\"");

    private final RuleCatalogue catalogue = RuleCatalogue.load();

    @Test
    void everyIdOfTheGoldenCasesIsListed() throws IOException {
        Set<String> ids = idsIn(CASES, ".expected", ID_IN_A_REPORT);

        assertThat(ids)
                .hasSizeGreaterThan(30)
                .allSatisfy(id -> assertThat(catalogue.find(id)).as(id).isPresent());
    }

    @Test
    void everyIdThatTheReadersNameIsListed() throws IOException {
        Set<String> ids = idsIn(CODE, ".java", ID_IN_CODE);

        assertThat(ids)
                .hasSizeGreaterThan(30)
                .allSatisfy(id -> assertThat(catalogue.find(id)).as(id).isPresent());
    }

    @Test
    void everyValidationOfTheSpecificationIsListed() { // config-model.md section 6
        assertThat(IntStream.rangeClosed(1, 40).mapToObj(number -> "VAL-" + number))
                .allSatisfy(id -> assertThat(catalogue.find(id)).as(id).isPresent());
    }

    @Test
    void everyLineHasASummaryAndHelpAndNoIdStandsTwice() throws IOException {
        List<String> lines = Files.readAllLines(RESOURCE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();

        assertThat(lines)
                .allSatisfy(line -> assertThat(line).matches("[A-Z]+(-\\d+)?: [^|]+\\. \\| [^|]+\\."))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .doesNotHaveDuplicates();
    }

    @Test
    void idThatIsNotListedIsDescribedInGeneral() {
        assertThat(catalogue.find("NEW-1")).isEmpty();
        assertThat(catalogue.describe("NEW-1").summary()).isNotBlank();
    }

    private static Set<String> idsIn(Path folder, String ending, Pattern pattern) throws IOException {
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    ids.add(matcher.group(1));
                }
            }
        }
        return ids;
    }
}
