package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.SarifReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check FILE...}: every problem of every file at once; serves nothing. */
@Command(name = "check", description = "Reports all problems of gateway files; exits with 1 if one would be refused.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Gateways: ARM templates, resources or exports of the CLI.")
    private List<Path> files = List.of();

    @Option(
            names = "--local",
            paramLabel = "FILE",
            description =
                    "What this machine supplies; default gatehouse.local.json beside each gateway, if there is one.")
    private @Nullable Path local;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How the report looks: text (default), json or sarif.")
    private Format format = Format.TEXT;

    /** How the report looks. */
    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Override
    public Integer call() throws IOException {
        ConfigurationReader reader = new ConfigurationReader();
        CheckReport report = new CheckReport(files.stream()
                .map(file -> new CheckReport.Entry(file.toString(), reader.load(file, Optional.ofNullable(local))))
                .toList());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> report.writeText(out);
            case JSON -> report.writeJson(out);
            case SARIF -> new SarifReport(report, Commands.Version.number(), Path.of("")).write(out);
        }
        return report.hasErrors() ? 1 : 0;
    }
}
