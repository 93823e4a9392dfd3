package dev.gatehouse.exchange;

import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.routing.RequestHost;
import dev.gatehouse.routing.RequestPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names the reason for which a container refused a head before any filter saw it (REQ-3). The head may end anywhere.
 * Never on the way of a good request. Stateless.
 */
public final class HeadFault {
    private static final int MOST_FIELDS = 1000; // as many as every home takes; see server-config

    private HeadFault() {}

    /**
     * The failure to answer and to log.
     *
     * @param head what came, as far as it was read
     * @param limits how large it may be
     * @return {@link ExchangeFailure#REQUEST_MALFORMED} if nothing more precise can be said
     */
    public static ExchangeFailure of(RequestHead head, ClientLimits limits) {
        int start = head.start();
        int end = head.endOfLine(start);
        String line = text(head, start, end);
        return lineFault(line, limits)
                .or(() -> fieldFault(head, end, limits))
                .or(() -> targetFault(line))
                .orElse(ExchangeFailure.REQUEST_MALFORMED);
    }

    private static String text(RequestHead head, int from, int to) {
        int end = to > from && head.bytes()[to - 1] == '\r' ? to - 1 : to;
        return new String(head.bytes(), from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static Optional<ExchangeFailure> lineFault(String line, ClientLimits limits) {
        int space = line.indexOf(' ');
        String method = space < 0 ? line : line.substring(0, space);
        if (!FieldCheck.isToken(method)) {
            return Optional.of(ExchangeFailure.REQUEST_MALFORMED);
        }
        if (method.equals("CONNECT")) {
            return Optional.of(ExchangeFailure.METHOD_REFUSED);
        }
        if (method.equals("TRACE")) {
            return Optional.of(ExchangeFailure.METHOD_TRACE);
        }
        if (!RequestCheck.isMethod(method)) {
            return Optional.of(ExchangeFailure.METHOD_MALFORMED);
        }
        int last = line.lastIndexOf(' ');
        return space < 0
                ? Optional.of(ExchangeFailure.REQUEST_MALFORMED)
                : targetFault(line.substring(space + 1, last > space ? last : line.length()), limits)
                        .or(() -> versionFault(last > space ? line.substring(last + 1) : ""));
    }

    private static Optional<ExchangeFailure> targetFault(String target, ClientLimits limits) {
        if (target.length() > limits.uriBytes()) {
            return Optional.of(ExchangeFailure.URI_TOO_LONG);
        }
        boolean isClean = target.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
        return isClean ? Optional.empty() : Optional.of(ExchangeFailure.TARGET_MALFORMED);
    }

    private static Optional<ExchangeFailure> versionFault(String version) {
        if (version.isEmpty()) {
            return Optional.of(ExchangeFailure.VERSION_MISSING);
        }
        return version.equals("HTTP/1.1") || version.equals("HTTP/1.0")
                ? Optional.empty()
                : Optional.of(ExchangeFailure.VERSION_UNKNOWN);
    }

    private static Optional<ExchangeFailure> fieldFault(RequestHead head, int endOfFirstLine, ClientLimits limits) {
        List<String> lines = new ArrayList<>();
        for (int at = endOfFirstLine + 1; at < head.length(); at = head.endOfLine(at) + 1) {
            lines.add(text(head, at, head.endOfLine(at)));
        }
        int empty = lines.indexOf("");
        List<String> fields = empty < 0 ? lines : lines.subList(0, empty); // behind it is a body
        int size = fields.stream().mapToInt(field -> field.length() + 2).sum();
        if (size > limits.headerBytes() || fields.size() > MOST_FIELDS) {
            return Optional.of(ExchangeFailure.HEADERS_TOO_LARGE);
        }
        if (!fields.stream().allMatch(HeadFault::isField)) {
            return Optional.of(ExchangeFailure.REQUEST_MALFORMED);
        }
        return framingFault(fields).or(() -> hostFault(fields)).or(() -> expectFault(fields));
    }

    private static Optional<ExchangeFailure> framingFault(List<String> fields) {
        List<String> lengths = values(fields, "content-length");
        List<String> codings = values(fields, "transfer-encoding");
        if (!codings.isEmpty()) {
            boolean isPlain = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked") && lengths.isEmpty();
            return isPlain ? Optional.empty() : Optional.of(ExchangeFailure.FRAMING_AMBIGUOUS);
        }
        boolean isGood = lengths.isEmpty()
                || (lengths.size() == 1 && lengths.get(0).chars().allMatch(c -> c >= '0' && c <= '9'));
        return isGood ? Optional.empty() : Optional.of(ExchangeFailure.LENGTH_MALFORMED);
    }

    private static Optional<ExchangeFailure> hostFault(List<String> fields) {
        List<String> hosts = values(fields, "host");
        if (hosts.isEmpty()) {
            return Optional.of(ExchangeFailure.HOST_MISSING);
        }
        if (hosts.size() > 1) {
            return Optional.of(ExchangeFailure.FIELD_REPEATED);
        }
        return RequestHost.of(hosts.get(0)).isEmpty() ? Optional.of(ExchangeFailure.HOST_MALFORMED) : Optional.empty();
    }

    private static Optional<ExchangeFailure> expectFault(List<String> fields) {
        return values(fields, "expect").stream().allMatch(value -> value.equalsIgnoreCase("100-continue"))
                ? Optional.empty()
                : Optional.of(ExchangeFailure.EXPECTATION_UNKNOWN);
    }

    // Last of all: a container looks at the path only when all else is right.
    private static Optional<ExchangeFailure> targetFault(String line) {
        String target = line.substring(line.indexOf(' ') + 1, Math.max(line.lastIndexOf(' '), line.indexOf(' ') + 1));
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return RequestPath.of(path).isEmpty() || RequestCheck.hasBrokenEscape(path)
                ? Optional.of(ExchangeFailure.PATH_INVALID)
                : Optional.empty();
    }

    private static boolean isField(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && FieldCheck.isToken(line.substring(0, colon)) && !FieldCheck.hasControl(line);
    }

    private static List<String> values(List<String> fields, String name) {
        return fields.stream()
                .filter(field -> field.substring(0, field.indexOf(':'))
                        .toLowerCase(Locale.ROOT)
                        .equals(name))
                .map(field -> field.substring(field.indexOf(':') + 1).strip())
                .toList();
    }
}
