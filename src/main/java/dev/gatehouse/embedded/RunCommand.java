package dev.gatehouse.embedded;

import dev.gatehouse.config.CheckReport;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
        AtomicReference<@Nullable GatewayServer> running = new AtomicReference<>();
        Lifetime lifetime = Lifetime.begin(() -> with(running, GatewayServer::close));
        HangUp.listen(() -> with(running, GatewayServer::reload)); // until the process ends
        Instant began = Instant.now();
        LoadResult result = options.load(file);
        if (result.configuration().isEmpty()) {
            new CheckReport(List.of(new CheckReport.Entry(file.toString(), result))).writeText(err);
            err.println("Not started: the configuration is refused.");
            lifetime.abandon();
            return 1;
        }
        result.problems().forEach(RunCommand::log);
        return serve(new GatewayServer.Files(result, () -> options.load(file), began), running, lifetime);
    }

    private static void log(Problem problem) {
        LOG.atLevel(problem.severity() == Severity.WARNING ? Level.WARN : Level.INFO)
                .log(problem.text());
    }

    // A signal that comes before there is a server finds nothing to stop or to reload.
    private static void with(AtomicReference<@Nullable GatewayServer> running, Consumer<GatewayServer> action) {
        @Nullable GatewayServer server = running.get();
        if (server != null) {
            action.accept(server);
        }
    }

    private int serve(GatewayServer.Files files, AtomicReference<@Nullable GatewayServer> running, Lifetime lifetime) {
        try {
            SocketPlan plan = SocketPlan.of(files.first().configuration().orElseThrow());
            GatewayServer server = GatewayServer.start(plan, files, gateway);
            running.set(server);
            PrintWriter out = spec.commandLine().getOut();
            server.printListeners(out);
            out.println("ready in " + (System.nanoTime() - startedNanos) / 1_000_000 + " ms");
            out.flush();
            return lifetime.awaitEnd();
        } catch (StartRefusedException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            err.println("Not started.");
            lifetime.abandon();
            return 1;
        }
    }
}
