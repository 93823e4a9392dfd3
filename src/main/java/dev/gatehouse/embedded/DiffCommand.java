package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.explain.DiffReport;
import dev.gatehouse.explain.GatewayDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff OLD NEW}: what changes for clients and backends. Exit codes are those of diff(1). */
@Command(
        name = "diff",
        description = "Tells what differs between two gateways in routing terms, whatever their order and layout;"
                + " exits with 0 if nothing does, 1 if something does, 2 if one of them is refused.")
final class DiffCommand implements Callable<Integer> {
    private static final int TROUBLE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "The gateway as it is.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The gateway as it shall be.")
    private Path after = Path.of("");

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How the report looks: text (default) or json.")
    private ReportFormat format = ReportFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        LoadResult old = options.load(before);
        LoadResult now = options.load(after);
        if (old.configuration().isEmpty() || now.configuration().isEmpty()) {
            return refuse(old, now);
        }
        DiffReport report = new DiffReport(GatewayDiff.between(
                old.configuration().get(), now.configuration().get()));
        PrintWriter out = spec.commandLine().getOut();
        if (format == ReportFormat.JSON) {
            report.writeJson(out);
        } else {
            report.writeText(out);
        }
        return report.isSame() ? 0 : 1;
    }

    private int refuse(LoadResult old, LoadResult now) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        List<CheckReport.Entry> refused = List.of(
                        new CheckReport.Entry(before.toString(), old), new CheckReport.Entry(after.toString(), now))
                .stream()
                .filter(entry -> entry.result().hasErrors())
                .toList();
        new CheckReport(refused).writeText(err);
        err.println("Not compared: a configuration is refused.");
        return TROUBLE;
    }
}
