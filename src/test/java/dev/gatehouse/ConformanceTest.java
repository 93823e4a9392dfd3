package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every requirement has tests, and docs/conformance.md says which. */
class ConformanceTest {
    /** What is not built yet; whoever builds it takes it off this list. */
    private static final Set<String> OPEN = Set.of("REQ-14");

    @Test
    void everyRequirementThatIsBuiltHasATest() throws IOException {
        Map<String, List<NamedTest>> tests = ConformanceTable.testsById();

        assertThat(tests).hasSizeGreaterThan(OPEN.size());
        assertThat(tests.keySet().stream().filter(id -> tests.get(id).isEmpty()))
                .containsExactlyElementsOf(OPEN);
    }

    @Test
    void tableInTheDocumentationIsWhatTheTestsSay() throws IOException {
        String expected = Files.readString(ConformanceTable.FILE);

        assertThat(ConformanceTable.text()).isEqualTo(expected);
    }

    /** Rewrites the table. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(ConformanceTable.FILE, ConformanceTable.text());
    }
}
