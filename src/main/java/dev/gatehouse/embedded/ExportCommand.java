package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.GatewayExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export FILE}: the effective configuration as an ARM resource. */
@Command(
        name = "export",
        description = "Prints the effective configuration in ARM's layout, without keys and passwords.")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The gateway: an ARM template, a resource or an export of the CLI.")
    private Path file = Path.of("");

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Override
    public Integer call() throws IOException {
        GatewayExport export = GatewayExport.of(options.load(file));
        if (export.isRefused()) {
            PrintWriter err = spec.commandLine().getErr();
            new CheckReport(List.of(new CheckReport.Entry(file.toString(), export.result()))).writeText(err);
            err.println("Not exported: the configuration is refused.");
            return 1;
        }
        export.writeJson(spec.commandLine().getOut());
        return 0;
    }
}
