package dev.gatehouse.observe;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.Target;
import dev.gatehouse.upstream.Upstream;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What requests come to, in numbers (observability.md section 3). Every label has values that the configuration or this
 * class bounds (OBS-4); those of names that a reload took away go with it. Thread-safe.
 */
public final class RequestMetrics {
    private static final String NONE = "-";
    private static final String OTHER = "other";
    private static final int CODES_OF_A_CLASS = 100;
    private static final String[] CLASSES = {OTHER, "1xx", "2xx", "3xx", "4xx", "5xx"};
    private static final Set<String> NAMES = Set.of("listener", "rule", "pool", "settings");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");
    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private static final String[] CODES = codes();

    private final MeterRegistry registry;
    private final Map<Request, RequestMeters> requests = new ConcurrentHashMap<>();
    private final Map<Backend, BackendMeters> backends = new ConcurrentHashMap<>();

    /** Requests that are counted together. */
    private record Request(
            String listener, String rule, String pool, String settings, String method, int status, String protocol) {}

    /** Their meters, so that one look-up finds all. */
    private record RequestMeters(
            Counter requests, Counter responses, Counter received, Counter sent, Counter tls, Timer duration) {
        List<Meter> all() {
            return List.of(requests, responses, received, sent, tls, duration);
        }
    }

    /** Answers of a member that are counted together. */
    private record Backend(String pool, String settings, String server, int codeClass) {}

    private record BackendMeters(Counter responses, Timer connect, Timer firstByte, Timer lastByte) {
        List<Meter> all() {
            return List.of(responses, connect, firstByte, lastByte);
        }
    }

    /**
     * Creates the meters as they are needed.
     *
     * @param registry has them
     */
    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private static String[] codes() {
        String[] codes = new String[1000];
        for (int code = 0; code < codes.length; code++) {
            codes[code] = code < 100 ? OTHER : Integer.toString(code);
        }
        return codes;
    }

    /** A request is over. */
    void finished(AccessRecord record, AccessLine line) {
        AccessLine.Way way = line.route();
        int status = record.isSession() ? SessionLine.STATUS : line.answer().status();
        Request key = new Request(
                orNone(way.listener()),
                orNone(way.rule()),
                orNone(way.pool()),
                orNone(way.settings()),
                METHODS.contains(line.request().method()) ? line.request().method() : OTHER,
                status < 100 || status > 999 ? 0 : status,
                protocol(line.tls()));
        RequestMeters meters = requests.computeIfAbsent(key, this::meters);
        meters.requests().increment();
        meters.responses().increment();
        meters.received().increment((double) line.request().bytes());
        meters.sent().increment((double) line.answer().bytes());
        meters.tls().increment();
        if (!record.isSession()) {
            meters.duration().record(line.takenNanos(), TimeUnit.NANOSECONDS);
        }
        if (status >= 500) {
            failed(key, reason(record));
        }
        if (!line.attempts().isEmpty()) {
            retried(record, line.attempts());
        }
        @Nullable
        Upstream member = record.exchange().flatMap(Exchange::upstream).orElse(null);
        if (member != null) {
            asked(record, key, member);
        }
    }

    private RequestMeters meters(Request key) {
        Tags listener = Tags.of("listener", key.listener());
        String codeClass = codeClass(key.status());
        return new RequestMeters(
                counter(
                        "gatehouse.requests",
                        "Requests that were answered",
                        listener.and(
                                "rule",
                                key.rule(),
                                "pool",
                                key.pool(),
                                "settings",
                                key.settings(),
                                "method",
                                key.method(),
                                "code_class",
                                codeClass)),
                counter(
                        "gatehouse.responses",
                        "Answers to clients",
                        listener.and("code_class", codeClass, "code", CODES[key.status()])),
                counter("gatehouse.received.bytes", "Heads and bodies from clients", listener),
                counter("gatehouse.sent.bytes", "Heads and bodies to clients", listener),
                counter(
                        "gatehouse.tls.requests",
                        "Requests by version of the client's TLS",
                        listener.and("protocol", key.protocol())),
                timer(
                        "gatehouse.request.duration",
                        "From the first byte of a request to the last of its answer",
                        listener));
    }

    private void failed(Request key, String reason) {
        counter(
                        "gatehouse.requests.failed",
                        "Requests that failed with 5xx",
                        Tags.of("pool", key.pool(), "settings", key.settings(), "reason", reason))
                .increment();
    }

    /** Every try that failed, but the one with which the request did. */
    private void retried(AccessRecord record, List<AccessRecord.Attempt> attempts) {
        int followed = record.failure().isEmpty() ? attempts.size() : attempts.size() - 1;
        for (AccessRecord.Attempt attempt : attempts.subList(0, followed)) {
            counter(
                            "gatehouse.retries",
                            "Tries that failed and were followed by another one",
                            Tags.of("reason", name(attempt.failure())))
                    .increment();
        }
    }

    private void asked(AccessRecord record, Request request, Upstream member) {
        Backend key = new Backend(
                request.pool(), request.settings(), member.configuredText(), record.backendStatus() / CODES_OF_A_CLASS);
        BackendMeters meters = backends.computeIfAbsent(key, this::meters);
        if (record.backendStatus() > 0) {
            meters.responses().increment();
        }
        record(meters.connect(), record.connectNanos());
        record(meters.firstByte(), record.firstByteNanos());
        record(meters.lastByte(), record.lastByteNanos());
    }

    private BackendMeters meters(Backend key) {
        Tags member = Tags.of("pool", key.pool(), "settings", key.settings(), "server", key.server());
        return new BackendMeters(
                counter(
                        "gatehouse.backend.responses",
                        "Answers of backends",
                        member.and("code_class", codeClass(key.codeClass() * CODES_OF_A_CLASS))),
                timer("gatehouse.backend.connect", "To a connection to the backend", member),
                timer("gatehouse.backend.first.byte", "From connecting to the head of the backend's answer", member),
                timer("gatehouse.backend.last.byte", "From connecting to the end of the backend's answer", member));
    }

    private static void record(Timer timer, long nanos) {
        if (nanos >= 0) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String reason(AccessRecord record) {
        return record.failure().map(RequestMetrics::name).orElse("backend_5xx");
    }

    private static String name(ExchangeFailure failure) {
        return failure.name().toLowerCase(Locale.ROOT);
    }

    private static String protocol(AccessLine.@Nullable Secure tls) {
        if (tls == null) {
            return "none";
        }
        return TLS_VERSIONS.contains(tls.protocol()) ? tls.protocol() : OTHER;
    }

    private static String codeClass(int status) {
        return status < 100 || status > 599 ? OTHER : CLASSES[status / CODES_OF_A_CLASS];
    }

    private static String orNone(String name) {
        return name.isEmpty() ? NONE : name;
    }

    /** The pool that a request went to, or was to go to. */
    static String pool(Exchange exchange) {
        return exchange.upstream()
                .map(Upstream::poolName)
                .orElseGet(() -> exchange.route().target() instanceof Target.Forward forward
                        ? forward.pool().name()
                        : "");
    }

    /** The backend settings that a request went by. */
    static String settings(Exchange exchange) {
        return exchange.route().forwardIndex() >= 0 ? exchange.pool().settings().name() : "";
    }

    /**
     * Forgets what is told of names that are gone, so that reloads without end do not fill the memory.
     *
     * @param configuration in force from now on
     */
    public void forgetOthers(GatewayConfiguration configuration) {
        Gateway gateway = configuration.gateway();
        Set<String> known = new HashSet<>(Set.of(NONE));
        gateway.httpListeners().forEach(listener -> known.add("listener " + listener.name()));
        gateway.requestRoutingRules().forEach(rule -> known.add("rule " + rule.name()));
        gateway.backendAddressPools().forEach(pool -> known.add("pool " + pool.name()));
        for (BackendHttpSettings settings : gateway.backendHttpSettings()) {
            known.add("settings " + settings.name());
        }
        requests.entrySet().removeIf(each -> forgets(each.getValue().all(), known));
        backends.entrySet().removeIf(each -> forgets(each.getValue().all(), known));
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals("gatehouse.requests.failed"))
                .filter(meter -> isForeign(meter, known))
                .forEach(registry::remove);
    }

    /** Whether one of them is about a name that is gone. Others share the rest. */
    private boolean forgets(List<Meter> meters, Set<String> known) {
        List<Meter> foreign =
                meters.stream().filter(meter -> isForeign(meter, known)).toList();
        foreign.forEach(registry::remove);
        return !foreign.isEmpty();
    }

    private static boolean isForeign(Meter meter, Set<String> known) {
        return meter.getId().getTags().stream()
                .filter(tag -> NAMES.contains(tag.getKey()) && !tag.getValue().equals(NONE))
                .anyMatch(tag -> !known.contains(tag.getKey() + ' ' + tag.getValue()));
    }
}
