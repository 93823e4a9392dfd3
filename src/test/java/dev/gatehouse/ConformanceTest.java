package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every requirement has tests, and docs/conformance.md says which. */
class ConformanceTest {
    @Test
    void noRequirementIsWithoutATest() throws IOException {
        Map<String, List<NamedTest>> tests = ConformanceTable.testsById();

        assertThat(tests.entrySet())
                .isNotEmpty()
                .allSatisfy(
                        entry -> assertThat(entry.getValue()).as(entry.getKey()).isNotEmpty());
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
