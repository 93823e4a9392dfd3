package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** product.md 2: {@code diff} and {@code export}, what they print and how they exit. */
class DiffAndExportTest {
    private static final String SAMPLE =
            "src/test/resources/dev/gatehouse/corpus/Azure__azure-cli/recordings/ReaNAiveD/"
                    + "test_network_ag_url_path_map.request.json";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void fileDoesNotDifferFromItsExport() throws IOException {
        assertThat(execute("export", SAMPLE)).isZero();
        Path exported = Files.writeString(directory.resolve("exported.json"), out.toString());

        assertThat(execute("diff", SAMPLE, exported.toString())).isZero();
        assertThat(out.toString()).endsWith("no differences\n");
    }

    @Test
    void differenceExitsWith1() throws IOException {
        execute("export", SAMPLE);
        Path changed = Files.writeString(
                directory.resolve("changed.json"),
                out.toString().replace("\"enableHttp2\" : false", "\"enableHttp2\" : true"));
        out.getBuffer().setLength(0);

        assertThat(execute("diff", SAMPLE, changed.toString())).isEqualTo(1);
        assertThat(out).hasToString("gateway: HTTP/2 false -> true\n");
        assertThat(execute("diff", "--format", "json", SAMPLE, changed.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("\"same\" : false");
    }

    @Test
    void refusedFileIsNeitherComparedNorExported() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.json"), "{ \"httpListeners\": [ 1 ");

        assertThat(execute("diff", SAMPLE, bad.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(bad + ":1:", "Not compared").doesNotContain(SAMPLE);
        assertThat(execute("export", bad.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Not exported");
        assertThat(out.toString()).isEmpty();
    }

    /** CFG-19, product.md 3: members of this machine take part in the comparison, and are not exported. */
    @Test
    void localFileIsComparedButNotExported() throws IOException {
        Path local = Files.writeString(
                directory.resolve("local.json"), "{ \"pools\": { \"appGatewayBackendPool\": [\"127.0.0.1:9001\"] } }");

        assertThat(execute("export", "--local", local.toString(), SAMPLE)).isZero();
        assertThat(out.toString()).contains("appGatewayBackendPool").doesNotContain("127.0.0.1");
        assertThat(execute("diff", "--local", local.toString(), SAMPLE, SAMPLE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diff", "diff a", "diff a b c", "export", "export a b", "diff --format xml a b"})
    void wrongUsageExitsWith2(String arguments) {
        assertThat(execute(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: gatehouse");
    }

    private int execute(String... arguments) {
        return Commands.with(configuration -> new Mirror())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
