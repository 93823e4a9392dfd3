package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real gateway files of many authors: each loads, or is refused for a reason that its row in docs/corpus.md names. */
class CorpusTest {
    static Stream<CorpusFile> files() throws IOException {
        return CorpusFile.all().stream();
    }

    @Test
    void tableInTheDocumentationIsWhatTheReaderSays() throws IOException {
        String expected = Files.readString(CorpusTable.FILE);

        assertThat(CorpusTable.text()).isEqualTo(expected);
    }

    /** CFG-23: whatever the file, the answer is a configuration or errors, all with a place. */
    @ParameterizedTest
    @MethodSource("files")
    void everyErrorHasAPlaceACauseAndACure(CorpusFile file) {
        LoadResult result = file.load();

        assertThat(result.configuration().isPresent()).isEqualTo(!result.hasErrors());
        assertThat(result.problems()).allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.cure()).isNotBlank();
        });
    }

    /** What only the user can supply is closed by the suggested local file; what then remains is a fault of the file. */
    @ParameterizedTest
    @MethodSource("files")
    void suggestedLocalFileLeavesNothingOpen(CorpusFile file) throws IOException {
        List<Problem> open = file.withSuggestion().problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .filter(problem -> problem.kind() == Problem.Kind.BINDING)
                .toList();

        assertThat(open).isEmpty();
    }

    /** Rewrites the table. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(CorpusTable.FILE, CorpusTable.text());
    }
}
