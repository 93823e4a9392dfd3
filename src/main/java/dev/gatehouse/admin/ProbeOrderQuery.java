package dev.gatehouse.admin;

import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A probe on demand in a query, each part named like the option of {@code az network application-gateway
 * show-backend-health}. Stateless.
 */
final class ProbeOrderQuery {
    /** One of these in the query asks for a probe, as one of the options does there. */
    static final List<String> NAMES = List.of(
            "address-pool",
            "http-settings",
            "host",
            "path",
            "protocol",
            "timeout",
            "match-status-codes",
            "match-body",
            "host-name-from-http-settings");

    private static final int MOST_DIGITS = 9;

    private ProbeOrderQuery() {}

    static boolean isOrder(AdminQuery query) {
        return query.names().stream().anyMatch(NAMES::contains);
    }

    static ProbeOrder read(AdminQuery query) throws BadCallException {
        List<String> problems = new ArrayList<>();
        ProbeOrder order = new ProbeOrder(
                query.one("address-pool", problems),
                query.one("http-settings", problems),
                query.one("protocol", problems),
                query.one("host", problems),
                query.flag("host-name-from-http-settings", problems).orElse(false),
                query.one("path", problems),
                timeout(query, problems),
                query.all("match-status-codes").stream()
                        .flatMap(ProbeOrderQuery::words)
                        .toList(),
                query.one("match-body", problems));
        if (!problems.isEmpty()) {
            throw new BadCallException(problems);
        }
        return order;
    }

    private static Optional<Long> timeout(AdminQuery query, List<String> problems) {
        Optional<String> text = query.one("timeout", problems);
        boolean isNumber = text.filter(digits -> !digits.isEmpty()
                        && digits.length() <= MOST_DIGITS
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9'))
                .isPresent();
        if (text.isPresent() && !isNumber) {
            problems.add("timeout: " + Wording.quote(text.get()) + " (expected: a whole number of seconds).");
        }
        return text.filter(digits -> isNumber).map(Long::valueOf);
    }

    // The option takes several, separated by blanks.
    private static Stream<String> words(String text) {
        return Arrays.stream(text.strip().split(" +"));
    }
}
