package dev.gatehouse.bench;

import dev.gatehouse.routing.RequestFacts;
import dev.gatehouse.routing.Route;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.testkit.LargeGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One look-up of a request, by host and path drawn from all that the gateway has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteBenchmark {
    private static final int REQUESTS = 1 << 12;

    /** Listeners and path rules of each. */
    @Param({ScaleCase.SMALL, ScaleCase.LARGE})
    public String size = ScaleCase.LARGE;

    private final String[] hosts = new String[REQUESTS];
    private final String[] paths = new String[REQUESTS];
    private RouteTable[] routes = new RouteTable[0];
    private int next;

    /**
     * Loads the gateway and draws the requests.
     *
     * @throws IOException if the file cannot be written
     */
    @Setup
    public void load() throws IOException {
        ScaleCase scale = ScaleCase.parse(size);
        Path file = scale.write();
        routes = new RouteTable[] {new RouteTable(ScaleCase.load(file))};
        Files.delete(file);
        Random random = new Random(1);
        for (int i = 0; i < REQUESTS; i++) {
            hosts[i] = LargeGateway.host(random.nextInt(scale.listeners()));
            paths[i] = LargeGateway.path(random.nextInt(scale.pathRules()));
        }
    }

    /**
     * A request that some path rule takes.
     *
     * @return its route
     */
    @Benchmark
    public Optional<Route> match() {
        int request = next++ & (REQUESTS - 1);
        return routes[0].match("127.0.0.1", 80, hosts[request], paths[request], RequestFacts.BARE);
    }
}
