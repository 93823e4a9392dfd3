package dev.gatehouse.admin;

import dev.gatehouse.document.Wording;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.StatusRange;
import dev.gatehouse.routing.RequestHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a probe of an order (PRB-22). What the order does not say is as in a custom probe that does not say it
 * (health-probes.md section 2), whatever periodic probes do. Confined to one call.
 */
final class ProbeRules {
    /** A call holds one of the container's threads, so it may not wait as long as a probe of Azure's may. */
    static final int LONGEST_SECONDS = 30;

    private static final int LONGEST_BODY = 4090;

    private final List<String> problems = new ArrayList<>();

    private ProbeRules() {}

    static Probe probe(ProbeOrder order, Protocol protocolOfSettings) throws BadCallException {
        ProbeRules rules = new ProbeRules();
        Protocol protocol = rules.protocol(order.protocol(), protocolOfSettings);
        Optional<String> host = rules.host(order);
        String path = rules.path(order.path().orElse("/"));
        Duration timeout = rules.timeout(order.timeoutSeconds().orElse((long) LONGEST_SECONDS));
        ProbeMatch match = rules.match(order);
        if (!rules.problems.isEmpty()) {
            throw new BadCallException(rules.problems);
        }
        return new Probe(
                "onDemand",
                protocol,
                host.orElse(null),
                path,
                new ProbeTiming(timeout, timeout, 1),
                order.pickHostName(),
                0,
                null,
                match);
    }

    private Protocol protocol(Optional<String> given, Protocol otherwise) {
        for (Protocol protocol : Protocol.values()) {
            if (given.filter(protocol.azureName()::equalsIgnoreCase).isPresent()) {
                return protocol;
            }
        }
        given.ifPresent(text -> problems.add("protocol: " + Wording.quote(text) + " (expected: Http or Https)."));
        return otherwise;
    }

    // It becomes a header and perhaps SNI: nothing may stand in it that ends a line, and no port (PRB-5).
    private Optional<String> host(ProbeOrder order) {
        order.host().ifPresent(host -> {
            boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
            if (hasPort || RequestHost.of(host).isEmpty()) {
                problems.add("host: " + Wording.quote(host) + " (expected: a host name or address without a port).");
            }
            if (order.pickHostName()) {
                problems.add("host is given, and so is pickHostNameFromBackendHttpSettings (expected: one of them).");
            }
        });
        return order.host();
    }

    private String path(String path) {
        boolean isPlain = path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 127);
        if (!isPlain) {
            problems.add(
                    "path: " + Wording.quote(path) + " (expected: starts with /, without blanks, percent-encoded).");
        }
        return isPlain ? path : "/";
    }

    private Duration timeout(long seconds) {
        boolean isInRange = seconds >= 1 && seconds <= LONGEST_SECONDS;
        if (!isInRange) {
            problems.add("timeout: " + seconds + " (expected: 1 to " + LONGEST_SECONDS + " seconds).");
        }
        return Duration.ofSeconds(isInRange ? seconds : LONGEST_SECONDS);
    }

    private ProbeMatch match(ProbeOrder order) {
        List<StatusRange> ranges = new ArrayList<>();
        for (String text : order.statusCodes()) {
            for (String part : text.split(",", -1)) { // PRB-8: commas inside an element separate too
                Optional<StatusRange> range = range(part.strip());
                range.ifPresent(ranges::add);
                if (range.isEmpty()) {
                    problems.add("match.statusCodes: " + Wording.quote(text)
                            + " (expected: codes from 100 to 599 or ranges of them, such as 200-399).");
                }
            }
        }
        String body = order.body().orElse("");
        if (body.length() > LONGEST_BODY) {
            problems.add("match.body has " + body.length() + " characters (expected: at most " + LONGEST_BODY + ").");
            return new ProbeMatch(ranges, "");
        }
        return new ProbeMatch(ranges, body);
    }

    private static Optional<StatusRange> range(String text) {
        int dash = text.indexOf('-');
        int first = code(dash < 0 ? text : text.substring(0, dash).strip());
        int last = dash < 0 ? first : code(text.substring(dash + 1).strip());
        boolean isRange = first >= 100 && last >= first && last <= 599;
        return isRange ? Optional.of(new StatusRange(first, last)) : Optional.empty();
    }

    private static int code(String text) {
        boolean isCode = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isCode ? Integer.parseInt(text) : -1;
    }
}
