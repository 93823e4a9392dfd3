package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.testkit.CpuTime;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A load that {@code check} must get through in good time and in plain words, whatever the file holds: reading it and
 * writing all three reports.
 *
 * @param result of the load
 * @param text report for people
 * @param sarif report for pipelines
 */
record BoundedLoad(LoadResult result, String text, String sarif) {
    /** Of this thread alone: other work on the machine does not count. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Pattern INTERNALS =
            Pattern.compile("Exception|com\\.fasterxml|java\\.|\\tat |StreamRead|REDACTED|\\[Source");
    private static final JsonMapper STRICT = new JsonMapper();

    static BoundedLoad of(byte[] gateway, Optional<Source> local) throws IOException {
        long before = CpuTime.nanos();
        LoadResult result = TestDay.reader().load(new Source("gateway.json", gateway), local, Path.of(""));
        CheckReport report = new CheckReport(List.of(new CheckReport.Entry("gateway.json", result)));
        String text = text(report);
        String json = json(report);
        String sarif = sarif(report);
        assertThat(CpuTime.nanos() - before).as("nanoseconds").isLessThan(LONGEST.toNanos());

        assertThat(result.configuration().isEmpty()).isEqualTo(result.hasErrors());
        if (INTERNALS.matcher(text).find()) {
            fail(text);
        }
        result.problems().forEach(BoundedLoad::checkPlace);
        assertThat(STRICT.readTree(json).at("/files/0/problems"))
                .hasSize(result.problems().size());
        assertThat(STRICT.readTree(sarif).at("/runs/0/results"))
                .hasSize(result.problems().size());
        return new BoundedLoad(result, text, sarif);
    }

    private static void checkPlace(Problem problem) {
        boolean isPlaced = problem.line() >= 1 && problem.column() >= 1;
        if (problem.severity() == Severity.ERROR && !isPlaced) {
            fail("no place: " + problem.text());
        }
        if (problem.message().isBlank() || problem.cure().isBlank()) {
            fail("no words: " + problem);
        }
    }

    private static String text(CheckReport report) throws IOException {
        StringWriter out = new StringWriter();
        report.writeText(out);
        return out.toString();
    }

    private static String json(CheckReport report) throws IOException {
        StringWriter out = new StringWriter();
        report.writeJson(out);
        return out.toString();
    }

    private static String sarif(CheckReport report) throws IOException {
        StringWriter out = new StringWriter();
        new SarifReport(report, Optional.empty(), Path.of("")).write(out);
        return out.toString();
    }
}
