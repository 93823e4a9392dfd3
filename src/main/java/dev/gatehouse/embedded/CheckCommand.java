package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.NameResolver;
import dev.gatehouse.config.SarifReport;
import dev.gatehouse.config.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How the report looks: text (default), json or sarif.")
    private Format format = Format.TEXT;

    @Option(
            names = "--resolve",
            description = "Also look up the names of backends; off by default, so that the answer does not depend on"
                    + " where and when it is asked.")
    private boolean resolves;

    /** How the report looks. */
    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Option(
            names = "--suggest-local",
            description = "Prints a gatehouse.local.json with every address, port, certificate and reference that the"
                    + " gateway needs here, instead of the report.")
    private boolean suggestsLocal;

    @Override
    public Integer call() throws IOException {
        return suggestsLocal ? suggest() : report();
    }

    private int suggest() {
        if (files.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--suggest-local takes one FILE.");
        }
        ConfigurationReader.Suggestion suggestion =
                new ConfigurationReader().suggestLocal(options.request(files.get(0)));
        suggestion.text().ifPresent(spec.commandLine().getOut()::print);
        spec.commandLine().getOut().flush();
        suggestion.problems().forEach(problem -> spec.commandLine().getErr().println(problem.text()));
        return suggestion.problems().isEmpty() ? 0 : 1;
    }

    private int report() throws IOException {
        ConfigurationReader reader = new ConfigurationReader(
                resolves
                        ? Surroundings.ofThisProcess().resolving(NameResolver.system())
                        : Surroundings.ofThisProcess());
        CheckReport report = new CheckReport(files.stream()
                .map(file -> new CheckReport.Entry(file.toString(), reader.load(options.request(file))))
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
