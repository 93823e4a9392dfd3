package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run FILE}: serves until SIGTERM or Ctrl-C. */
@Command(name = "run", description = "Serves a gateway until it is stopped by a signal.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.config");

    private final GatewayFactory gateway;
    private final long startedNanos;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            description = "The gateway: an ARM template, a resource or an export of the CLI; the files of a folder are"
                    + " parts of one gateway.")
    private Path file = Path.of("");

    @Mixin
    private GatewayOptions options = new GatewayOptions();

    RunCommand(GatewayFactory gateway, long startedNanos) {
        this.gateway = gateway;
        this.startedNanos = startedNanos;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        LoadResult result = options.load(file);
        if (result.configuration().isEmpty()) {
            new CheckReport(List.of(new CheckReport.Entry(file.toString(), result))).writeText(err);
            err.println("Not started: the configuration is refused.");
            return 1;
        }
        result.problems().forEach(RunCommand::log);
        return serve(result, err);
    }

    private static void log(Problem problem) {
        LOG.atLevel(problem.severity() == Severity.WARNING ? Level.WARN : Level.INFO)
                .log(problem.text());
    }

    private int serve(LoadResult first, PrintWriter err) {
        GatewayServer.Files files = new GatewayServer.Files(first, () -> options.load(file));
        try {
            SocketPlan plan = SocketPlan.of(first.configuration().orElseThrow());
            GatewayServer server = GatewayServer.start(plan, files, gateway);
            Lifetime lifetime = Lifetime.begin(server::close);
            HangUp.listen(server::reload); // until the process ends
            PrintWriter out = spec.commandLine().getOut();
            server.printListeners(out);
            out.println("ready in " + (System.nanoTime() - startedNanos) / 1_000_000 + " ms");
            out.flush();
            return lifetime.awaitEnd();
        } catch (StartRefusedException e) {
            err.println(e.getMessage());
            err.println("Not started.");
            return 1;
        }
    }
}
