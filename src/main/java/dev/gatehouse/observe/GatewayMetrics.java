package dev.gatehouse.observe;

import dev.gatehouse.exchange.InFlight;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The state of the gateway in numbers (observability.md section 3, OBS-3): members, what is under way, configuration,
 * probes, the access log. Thread-safe.
 */
public final class GatewayMetrics {
    private final MeterRegistry registry;
    private final Supplier<List<UpstreamPool>> pools;
    private final Supplier<Map<String, Integer>> underWay;
    private final MultiGauge hosts;
    private final MultiGauge connections;
    private final MultiGauge information;
    private volatile @Nullable GatewayConfiguration configuration;
    private volatile long generation;

    /**
     * Creates the meters.
     *
     * @param metrics has them
     * @param pools those that are served, and those that still have work
     * @param underWay requests and sessions by listener
     * @param isReady whether the gateway may be given traffic
     * @param log the access log
     */
    public GatewayMetrics(
            Metrics metrics,
            Supplier<List<UpstreamPool>> pools,
            Supplier<Map<String, Integer>> underWay,
            BooleanSupplier isReady,
            AccessLog log) {
        this.registry = metrics.registry();
        this.pools = pools;
        this.underWay = underWay;
        this.hosts = MultiGauge.builder("gatehouse.backend.hosts")
                .description("Members by what their probes say")
                .register(registry);
        this.connections = MultiGauge.builder("gatehouse.connections.active")
                .description("Clients' connections with a request or session under way")
                .register(registry);
        this.information = MultiGauge.builder("gatehouse.config.info")
                .description("The configuration in force")
                .register(registry);
        Gauge.builder("gatehouse.config.generation", this, self -> self.generation)
                .description("1 for the configuration that the gateway started with, one more with each reload")
                .register(registry);
        Gauge.builder("gatehouse.ready", isReady, ready -> ready.getAsBoolean() ? 1 : 0)
                .description("1 if the gateway may be given traffic")
                .strongReference(true)
                .register(registry);
        lines(log, "written", AccessLog::written);
        lines(log, "dropped", AccessLog::dropped);
        lines(log, "failed", AccessLog::failed);
        metrics.beforeReading(this::refresh);
    }

    private void lines(AccessLog log, String result, ToDoubleFunction<AccessLog> count) {
        FunctionCounter.builder("gatehouse.access.log.lines", log, count)
                .description("Lines of the access log: written, dropped as the queue was full, failed to be written")
                .tag("result", result)
                .register(registry);
    }

    /**
     * Requests and sessions together.
     *
     * @param requests what is being forwarded
     * @param sessions what is open
     * @return by listener
     */
    public static Map<String, Integer> underWay(InFlight requests, SessionMetrics sessions) {
        Map<String, Integer> all = new HashMap<>(requests.countByListener());
        sessions.activeByListener().forEach((listener, count) -> all.merge(listener, count, Integer::sum));
        return all;
    }

    /**
     * Another configuration is served, or the first one.
     *
     * @param next the configuration
     * @param number its generation
     */
    public void serves(GatewayConfiguration next, long number) {
        configuration = next;
        generation = number;
    }

    /**
     * Files were read.
     *
     * @param result what became of it
     */
    public void loaded(String result) {
        Counter.builder("gatehouse.config.loads")
                .description("Times that the configuration was read, by what became of it")
                .tag("result", result.toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /**
     * A probe ended.
     *
     * @param pool its pool
     * @param upstream whom it asked
     * @param result Azure's name of what it found
     * @param took from its start to its end
     */
    public void probed(UpstreamPool pool, Upstream upstream, String result, Duration took) {
        Tags labels = Tags.of(
                "pool",
                pool.pair().pool().name(),
                "settings",
                pool.settings().name(),
                "server",
                upstream.configuredText());
        Timer.builder("gatehouse.probe.duration")
                .description("How long probes take")
                .tags(labels)
                .register(registry)
                .record(took);
        Counter.builder("gatehouse.probe.results")
                .description("Probes by what they found")
                .tags(labels.and("result", result))
                .register(registry)
                .increment();
    }

    private void refresh() {
        @Nullable GatewayConfiguration served = configuration;
        if (served == null) {
            return;
        }
        hosts.register(hostRows(), true);
        Map<String, Integer> counts = underWay.get();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (HttpListener listener : served.gateway().httpListeners()) {
            rows.add(MultiGauge.Row.of(Tags.of("listener", listener.name()), counts.getOrDefault(listener.name(), 0)));
        }
        connections.register(rows, true);
        information.register(List.of(information(served.gateway())), true);
    }

    private static MultiGauge.Row<Number> information(Gateway gateway) {
        return MultiGauge.Row.of(Tags.of("gateway", gateway.name(), "sku", gateway.isV1() ? "v1" : "v2"), 1);
    }

    private List<MultiGauge.Row<?>> hostRows() {
        Map<Tags, Integer> counts = new LinkedHashMap<>();
        for (UpstreamPool pool : pools.get()) {
            for (Health state : Health.values()) {
                counts.putIfAbsent(tags(pool, state), 0);
            }
            pool.members().forEach(member -> counts.merge(tags(pool, member.health()), 1, Integer::sum));
            pool.draining().forEach(member -> counts.merge(tags(pool, member.health()), 1, Integer::sum));
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((tags, count) -> rows.add(MultiGauge.Row.of(tags, count)));
        return rows;
    }

    private static Tags tags(UpstreamPool pool, Health state) {
        return Tags.of(
                "pool",
                pool.pair().pool().name(),
                "settings",
                pool.settings().name(),
                "state",
                state.name().toLowerCase(Locale.ROOT));
    }
}
