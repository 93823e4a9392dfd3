package dev.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.document.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The answer of POST /reload (config-model.md section 9). */
class ReloadCallTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void reloadIsToldInNumbersAndWords() throws Exception {
        ReloadReport report = new ReloadReport(
                ReloadReport.Result.RELOADED,
                7,
                998,
                2,
                List.of("member 10.0.0.5:80 of pool api is gone: 2 sessions"),
                List.of("pool api: member 10.0.0.5 removed"),
                List.of(),
                List.of(),
                Duration.ofMillis(41));
        Answered answer = answer(report);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(JSON.readTree("""
                {"result": "reloaded", "generation": 7, "kept": 998, "draining": 2,
                 "why": ["member 10.0.0.5:80 of pool api is gone: 2 sessions"],
                 "changes": ["pool api: member 10.0.0.5 removed"],
                 "problems": [], "reasons": [], "tookMillis": 41}
                """));
    }

    @Test
    void reloadThatCouldNotOpenAllSaysSo() throws Exception {
        Answered answer = answer(report(ReloadReport.Result.RELOADED, List.of()));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("reasons").get(0).asText()).isEqualTo("port 80 is taken");
    }

    @Test
    void unchangedFilesAreNoMistake() throws Exception {
        Answered answer = answer(report(ReloadReport.Result.UNCHANGED, List.of()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("result").asText()).isEqualTo("unchanged");
    }

    @Test
    void refusalHasTheProblemsThatCheckPrints() throws Exception {
        LoadResult load = new ConfigurationReader()
                .load(
                        new ConfigurationReader.Source(
                                "gateway.json", "{ \"httpListeners\": 5 }".getBytes(StandardCharsets.UTF_8)),
                        Optional.empty(),
                        Path.of(""));
        assertThat(load.problems()).isNotEmpty();
        Answered answer = answer(report(ReloadReport.Result.REFUSED, load.problems()));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("result").asText()).isEqualTo("refused");
        assertThat(answer.json().get("problems")).isEqualTo(problemsOfCheck(load));
        assertThat(answer.json().get("reasons")).hasToString("[\"port 80 is taken\"]");
    }

    private static JsonNode problemsOfCheck(LoadResult load) throws IOException {
        StringWriter text = new StringWriter();
        new CheckReport(List.of(new CheckReport.Entry("gateway.json", load))).writeJson(text);
        return JSON.readTree(text.toString()).at("/files/0/problems");
    }

    private static ReloadReport report(ReloadReport.Result result, List<Problem> problems) {
        List<String> reasons = result == ReloadReport.Result.UNCHANGED ? List.of() : List.of("port 80 is taken");
        return new ReloadReport(result, 3, 0, 0, List.of(), List.of(), problems, reasons, Duration.ofMillis(2));
    }

    private static Answered answer(ReloadReport report) throws Exception {
        try (AdminHarness gateway = new AdminHarness()) {
            gateway.reloads = () -> report;
            return gateway.post("/reload", "");
        }
    }
}
