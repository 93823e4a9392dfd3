package dev.gatehouse.embedded;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: the shipped sample in front of two sample backends, all in this process. */
@Command(name = "demo", description = "Serves the shipped sample in front of two sample backends with a chat.")
final class DemoCommand implements Callable<Integer> {
    private static final String FOLDER = "/dev/gatehouse/demo/";

    private final GatewayFactory gateway;
    private final long startedNanos;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DemoCommand(GatewayFactory gateway, long startedNanos) {
        this.gateway = gateway;
        this.startedNanos = startedNanos;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        LoadResult result = load();
        if (result.configuration().isEmpty()) {
            result.problems().forEach(problem -> err.println(problem.text()));
            return 1;
        }
        try {
            return serve(SocketPlan.of(result.configuration().get()));
        } catch (StartRefusedException e) {
            err.println(e.getMessage());
            err.println("Not started.");
            return 1;
        }
    }

    static LoadResult load() throws IOException {
        return new ConfigurationReader()
                .load(
                        resource("gateway.json"),
                        Optional.of(resource(ConfigurationReader.LOCAL_FILE_NAME)),
                        Path.of(""));
    }

    private int serve(SocketPlan plan) throws StartRefusedException {
        List<ListenerSocket> sockets = new ArrayList<>(plan.all());
        SampleBackends.ADDRESSES.forEach(address -> sockets.add(ListenerSocket.plain(address)));
        Ports.requireFree(sockets);
        TomcatServer backends = SampleBackends.start(SampleBackends.ADDRESSES);
        GatewayServer server = startBefore(backends, plan);
        Lifetime lifetime = Lifetime.begin(() -> {
            server.close();
            backends.close();
        });
        explain(server, spec.commandLine().getOut());
        return lifetime.awaitEnd();
    }

    private GatewayServer startBefore(TomcatServer backends, SocketPlan plan) throws StartRefusedException {
        try {
            return GatewayServer.start(plan, gateway);
        } catch (StartRefusedException e) {
            backends.close();
            throw e;
        }
    }

    private void explain(GatewayServer server, PrintWriter out) {
        SampleBackends.ADDRESSES.forEach(address -> out.println("sample backend  http://" + address + "/"));
        server.printListeners(out);
        out.println("ready in " + (System.nanoTime() - startedNanos) / 1_000_000 + " ms");
        out.println();
        out.println("Chat in a browser, or with curl:");
        for (String url : server.urls()) {
            String curl = url.startsWith("https") ? "  curl -ik " : "  curl -i ";
            out.println(curl + url + "hello?from=demo");
        }
        server.urls().stream()
                .filter(url -> url.startsWith("http:"))
                .findFirst()
                .ifPresent(url -> {
                    out.println("  curl -iN --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket'"
                            + " -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='"
                            + " -H 'Sec-WebSocket-Protocol: chat, superchat' " + url + "chat");
                });
        out.println();
        out.println("Ctrl-C stops.");
        out.flush();
    }

    private static Source resource(String name) throws IOException {
        try (@Nullable InputStream in = DemoCommand.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException(FOLDER + name + " is not in this build");
            }
            return new Source(name, in.readAllBytes());
        }
    }
}
