package dev.gatehouse.observe;

import dev.gatehouse.observe.SessionEnd.Side;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What WebSocket sessions do, in numbers (websocket.md section 7, observability.md section 3). Every label has values
 * that the configuration or this class bounds (OBS-4). Thread-safe.
 */
public final class SessionMetrics {
    /** Label of what has no listener or pool. */
    public static final String NONE = "-";

    private static final String PREFIX = "gatehouse.websocket.";
    private static final int FIRST_STANDARD = 1000;
    private static final int LAST_STANDARD = 1015;
    private static final int CODES_OF_A_CLASS = 1000;

    private final MeterRegistry registry;
    private final MessageCounts in;
    private final MessageCounts out;
    private final Map<Path, AtomicLong> active = new ConcurrentHashMap<>();
    private final Map<Handshake, Counter> handshakes = new ConcurrentHashMap<>();
    private final Map<Close, Counter> closes = new ConcurrentHashMap<>();

    private record Path(String listener, String pool) {}

    private record Handshake(Path path, String result) {}

    private record Close(Side source, String code) {}

    /**
     * Creates the meters.
     *
     * @param registry has them
     */
    public SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.in = counts("in");
        this.out = counts("out");
    }

    private MessageCounts counts(String direction) {
        return new MessageCounts(
                messages(direction, "text"),
                messages(direction, "binary"),
                Counter.builder(PREFIX + "bytes")
                        .description("Payload of WebSocket messages; in is from clients")
                        .tag("direction", direction)
                        .register(registry));
    }

    private Counter messages(String direction, String type) {
        return Counter.builder(PREFIX + "messages")
                .description("Whole WebSocket messages; in is from clients")
                .tag("direction", direction)
                .tag("type", type)
                .register(registry);
    }

    /**
     * What clients send.
     *
     * @return counted by the sessions themselves
     */
    public MessageCounts in() {
        return in;
    }

    /**
     * What clients are sent.
     *
     * @return counted by the sessions themselves
     */
    public MessageCounts out() {
        return out;
    }

    /**
     * A handshake was answered.
     *
     * @param listener name of the listener
     * @param pool name of the pool
     * @param result accepted, refused (by the backend), or how it failed
     */
    public void handshake(String listener, String pool, String result) {
        handshakes
                .computeIfAbsent(new Handshake(new Path(listener, pool), result), this::counter)
                .increment();
    }

    /**
     * A handshake was refused before it had a route.
     *
     * @param result why
     */
    public void handshake(String result) {
        handshake(NONE, NONE, result);
    }

    private Counter counter(Handshake handshake) {
        return Counter.builder(PREFIX + "handshakes")
                .description("WebSocket handshakes by what became of them")
                .tag("listener", handshake.path().listener())
                .tag("pool", handshake.path().pool())
                .tag("result", handshake.result())
                .register(registry);
    }

    /**
     * A session has begun.
     *
     * @param start which
     */
    public void opened(SessionStart start) {
        active.computeIfAbsent(new Path(start.listener(), start.pool()), this::gauge)
                .incrementAndGet();
    }

    /**
     * Sessions that are open on each listener.
     *
     * @return by name of the listener
     */
    public Map<String, Integer> activeByListener() {
        Map<String, Integer> counts = new HashMap<>();
        active.forEach((path, count) -> counts.merge(path.listener(), count.intValue(), Integer::sum));
        return counts;
    }

    private AtomicLong gauge(Path path) {
        AtomicLong count = new AtomicLong();
        Gauge.builder(PREFIX + "sessions.active", count, AtomicLong::get)
                .description("Open WebSocket sessions")
                .tag("listener", path.listener())
                .tag("pool", path.pool())
                .register(registry);
        return count;
    }

    /**
     * A session is over.
     *
     * @param end which
     */
    public void ended(SessionEnd end) {
        active.computeIfAbsent(new Path(end.start().listener(), end.start().pool()), this::gauge)
                .decrementAndGet();
        closes.computeIfAbsent(new Close(end.closeSource(), label(end.closeCode())), this::counter)
                .increment();
    }

    private Counter counter(Close close) {
        return Counter.builder(PREFIX + "closes")
                .description("WebSocket sessions that ended, by who closed first and with which code")
                .tag("source", close.source().name().toLowerCase(Locale.ROOT))
                .tag("code", close.code())
                .register(registry);
    }

    // A client may send any of thousands of private codes (OBS-4); the access log has each.
    private static String label(int code) {
        return code >= FIRST_STANDARD && code <= LAST_STANDARD
                ? Integer.toString(code)
                : code / CODES_OF_A_CLASS + "xxx";
    }
}
