package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Durations, sizes and socket addresses of the local file. Empty means that a problem was reported. Confined to one load. */
final class Quantities {
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "", 1000L, "s", 1000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "b", 1L, "k", 1L << 10, "kb", 1L << 10, "m", 1L << 20, "mb", 1L << 20, "g", 1L << 30);
    private static final int MOST_DIGITS = 9;

    private final Problems problems;

    Quantities(Problems problems) {
        this.problems = problems;
    }

    /** {@code "30s"}, {@code "500ms"}, {@code "5m"}, or a number of seconds. */
    Optional<Duration> duration(Node node) {
        return amount(node, MILLIS, "a duration such as \"30s\", \"500ms\" or a number of seconds")
                .map(Duration::ofMillis);
    }

    /** {@code "64k"}, {@code "1m"}, or a number of bytes. */
    Optional<Long> bytes(Node node) {
        return amount(node, BYTES, "a size such as \"64k\", \"1m\" or a number of bytes");
    }

    private Optional<Long> amount(Node node, Map<String, Long> units, String expected) {
        if (node instanceof ScalarNode scalar && scalar.type() != ScalarNode.Type.BOOLEAN) {
            String text = ObjectNode.fold(scalar.text().strip());
            int digits = leadingDigits(text);
            @Nullable Long unit = units.get(text.substring(digits).strip());
            if (digits > 0 && digits <= MOST_DIGITS && unit != null) {
                return Optional.of(Long.parseLong(text.substring(0, digits)) * unit);
            }
        }
        refuse(node, expected);
        return Optional.empty();
    }

    /** {@code host:port}, {@code [v6]:port}, or a port alone. */
    Optional<HostPort> listen(Node node, String defaultHost) {
        if (node instanceof ScalarNode scalar && scalar.type() != ScalarNode.Type.BOOLEAN) {
            String text = scalar.text().strip();
            Optional<HostPort> parsed = leadingDigits(text) == text.length()
                    ? HostPort.parse(defaultHost + ":" + text)
                    : HostPort.parse(text);
            if (parsed.isPresent() && parsed.get().port() != null) {
                return parsed;
            }
        }
        refuse(node, "an address such as \"127.0.0.1:9901\"");
        return Optional.empty();
    }

    /** {@code host}, {@code host:port} or {@code [v6]:port}. */
    Optional<HostPort> backend(Node node) {
        if (node instanceof ScalarNode scalar && scalar.isText()) {
            Optional<HostPort> parsed = HostPort.parse(scalar.text().strip())
                    .filter(address -> address.port() == null || address.port() > 0);
            if (parsed.isPresent()) {
                return parsed;
            }
        }
        refuse(node, "an address such as \"127.0.0.1:9001\"");
        return Optional.empty();
    }

    private void refuse(Node node, String expected) {
        problems.error(
                "LOCAL",
                Kind.RANGE,
                node.place(),
                "here stands " + node.describe() + ", but " + expected + " is needed.",
                "Replace it by " + expected + ".");
    }

    private static int leadingDigits(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
