package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.health.BackendTlsCheck;
import dev.gatehouse.health.BackendTlsFinding;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.tls.TlsConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tls-check FILE}: certificates of listeners, and one handshake with each Https backend, explained. */
@Command(
        name = "tls-check",
        description = {
            "Lists the certificates of Https listeners, connects to each Https backend as its probe would, and explains.",
            "Exits with 0 if all is accepted, 4 if a backend is refused or a listener has no certificate that its clients"
                    + " would take, 1 if the configuration is refused."
        })
final class TlsCheckCommand implements Callable<Integer> {
    private static final int REFUSED = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The gateway: an ARM template, a resource or an export of the CLI.")
    private Path file = Path.of("");

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    @Option(names = "--pool", paramLabel = "NAME", description = "Asks the members of this pool alone.")
    private @Nullable String pool;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How the report looks: text (default) or json.")
    private ReportFormat format = ReportFormat.TEXT;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadResult result = options.load(file);
        if (result.configuration().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            new CheckReport(List.of(new CheckReport.Entry(file.toString(), result))).writeText(err);
            err.println("Not checked: the configuration is refused.");
            return 1;
        }
        GatewayConfiguration configuration = result.configuration().get();
        requirePool(configuration);
        try {
            List<BackendTlsFinding> backends = new BackendTlsCheck(configuration).findings(Optional.ofNullable(pool));
            TlsReport report = new TlsReport(ListenerCertificate.of(configuration), backends, Clock.systemUTC());
            PrintWriter out = spec.commandLine().getOut();
            if (format == ReportFormat.JSON) {
                report.writeJson(out);
            } else {
                report.writeText(out);
            }
            out.flush();
            return report.isAllAccepted() ? 0 : REFUSED;
        } catch (TlsConfigurationException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    private void requirePool(GatewayConfiguration configuration) {
        String wanted = pool;
        if (wanted != null
                && configuration.gateway().backendAddressPools().stream()
                        .noneMatch(each -> each.name().equalsIgnoreCase(wanted))) {
            throw new ParameterException(spec.commandLine(), "There is no pool \"" + wanted + "\".");
        }
    }
}
