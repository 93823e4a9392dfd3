package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.model.Origins;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    private static final Problem ERROR = new Problem(
            "CFG-14",
            Severity.ERROR,
            Kind.REFERENCE,
            "gateway.json",
            41,
            17,
            "requestRoutingRules[0].backendAddressPool",
            "no pool is named \"apiPool\" (known: \"webPool\", \"imgPool\").",
            "Correct the id, or add the pool to backendAddressPools.");
    private static final Problem WARNING =
            new Problem("VAL-4", Severity.WARNING, Kind.MISSING, "gateway.json", 0, 0, "", "no priority.", "Add one.");
    private static final CheckReport REPORT = new CheckReport(List.of(new CheckReport.Entry(
            "gateway.json",
            new LoadResult(
                    Optional.empty(),
                    List.of(WARNING, ERROR),
                    "cli-export",
                    List.of(new LoadResult.Summary("gw", Map.of("httpListeners", 2))),
                    Origins.NONE,
                    Optional.empty()))));

    @Test
    void problemIsPrintedOnTwoLinesWithPlaceCauseCureAndId() { // style.md section 7
        assertThat(ERROR.text()).isEqualTo("""
                        gateway.json:41:17 requestRoutingRules[0].backendAddressPool: no pool is named "apiPool" (known: "webPool", "imgPool").
                            Correct the id, or add the pool to backendAddressPools. [CFG-14]""");
    }

    @Test
    void textListsErrorsBeforeWarnings() throws IOException {
        StringWriter out = new StringWriter();

        REPORT.writeText(out);

        assertThat(out)
                .hasToString("gateway.json: 1 error\n" + ERROR.text() + "\ngateway.json: 1 warning\n" + WARNING.text()
                        + "\n");
        assertThat(REPORT.hasErrors()).isTrue();
    }

    @Test
    void jsonHoldsFileShapeGatewaysAndProblems() throws IOException { // product.md section 2
        StringWriter out = new StringWriter();

        REPORT.writeJson(out);

        ObjectNode root =
                (ObjectNode) TreeReader.read("report", out.toString().getBytes(StandardCharsets.UTF_8), new Problems())
                        .orElseThrow()
                        .root();
        ObjectNode file = (ObjectNode)
                ((ArrayNode) root.get("files").orElseThrow()).elements().get(0);
        assertThat(file.text("shape")).hasValue("cli-export");
        ObjectNode gateway = (ObjectNode)
                ((ArrayNode) file.get("gateways").orElseThrow()).elements().get(0);
        assertThat(gateway.object("counts")
                        .orElseThrow()
                        .get("httpListeners")
                        .orElseThrow()
                        .describe())
                .isEqualTo("the number 2");
        ObjectNode problem = (ObjectNode)
                ((ArrayNode) file.get("problems").orElseThrow()).elements().get(1);
        assertThat(problem.members().stream().map(ObjectNode.Member::name))
                .containsExactly("id", "severity", "kind", "file", "line", "column", "path", "message", "cure");
        assertThat(problem.text("severity")).hasValue("error");
    }
}
