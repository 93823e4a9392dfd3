package dev.gatehouse.embedded;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.GatewayConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run FILE}: serves until SIGTERM or Ctrl-C. */
@Command(name = "run", description = "Serves a gateway until it is stopped by a signal.")
final class RunCommand implements Callable<Integer> {
    private final GatewayFactory gateway;
    private final long startedNanos;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The gateway: an ARM template, a resource or an export of the CLI.")
    private Path file = Path.of("");

    @Option(
            names = "--local",
            paramLabel = "FILE",
            description =
                    "What this machine supplies; default gatehouse.local.json beside the gateway, if there is one.")
    private @Nullable Path local;

    RunCommand(GatewayFactory gateway, long startedNanos) {
        this.gateway = gateway;
        this.startedNanos = startedNanos;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        LoadResult result = new ConfigurationReader().load(file, Optional.ofNullable(local));
        result.problems().forEach(problem -> err.println(problem.text()));
        if (result.configuration().isEmpty()) {
            err.println("Not started: the configuration is refused.");
            return 1;
        }
        return serve(result.configuration().get(), err);
    }

    private int serve(GatewayConfiguration configuration, PrintWriter err) {
        try {
            GatewayServer server = GatewayServer.start(SocketPlan.of(configuration), gateway);
            PrintWriter out = spec.commandLine().getOut();
            server.printListeners(out);
            out.println("ready in " + (System.nanoTime() - startedNanos) / 1_000_000 + " ms");
            out.flush();
            return Lifetime.untilStopped(server::close);
        } catch (StartRefusedException e) {
            err.println(e.getMessage());
            err.println("Not started.");
            return 1;
        }
    }
}
