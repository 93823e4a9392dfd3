package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Every requirement has tests, and docs/conformance.md says which. */
class ConformanceTest {
    @Test
    void everyRequirementHasATest() throws IOException {
        assertThat(ConformanceTable.testsById())
                .isNotEmpty()
                .allSatisfy((id, tests) -> assertThat(tests).as(id).isNotEmpty());
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
