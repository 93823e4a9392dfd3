package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffReportTest {
    private static final DiffReport REPORT =
            new DiffReport(List.of(new Difference("pool", "\"web\" member", null, "10.0.0.4", "pool \"web\": new")));

    @Test
    void textHasOneLinePerDifference() throws IOException {
        StringWriter out = new StringWriter();
        REPORT.writeText(out);
        new DiffReport(List.of()).writeText(out);

        assertThat(out).hasToString("pool \"web\": new\nno differences\n");
    }

    @Test
    void jsonNamesEveryPartAndNullForNothing() throws IOException {
        StringWriter out = new StringWriter();
        REPORT.writeJson(out);

        assertThat(out.toString().replaceAll("\\s+", " ").strip())
                .isEqualTo("{ \"same\" : false, \"differences\" : [ { \"kind\" : \"pool\","
                        + " \"subject\" : \"\\\"web\\\" member\", \"before\" : null, \"after\" : \"10.0.0.4\","
                        + " \"text\" : \"pool \\\"web\\\": new\" } ] }");
    }
}
