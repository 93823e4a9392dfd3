package dev.gatehouse.exchange;

import dev.gatehouse.model.ClientLimits;
import java.util.Optional;

/**
 * What is wrong with a head that a container took: line ends and blanks that another reader may understand otherwise
 * (RFC 9112 §2.2, §3, §5.2), both framings at once (§6.3), and sizes (REQ-3). One pass over its bytes. Stateless.
 */
public final class HeadCheck {
    private HeadCheck() {}

    /**
     * Looks through the head of a request.
     *
     * @param head as it was sent
     * @param limits how large it may be
     * @param isCoded whether the request has a Transfer-Encoding
     * @return empty if rules may see it
     */
    public static Optional<ExchangeFailure> fault(RequestHead head, ClientLimits limits, boolean isCoded) {
        int start = head.start();
        int end = head.endOfLine(start);
        if (targetLength(head, start, end) > limits.uriBytes()) {
            return Optional.of(ExchangeFailure.URI_TOO_LONG);
        }
        if (head.length() - end - 1 > limits.headerBytes() + 2) { // less the empty line at its end
            return Optional.of(ExchangeFailure.HEADERS_TOO_LARGE);
        }
        int spaces = spaces(head.bytes(), start, end);
        if (spaces == 1) {
            return Optional.of(ExchangeFailure.VERSION_MISSING);
        }
        // No other blank than two spaces: what splits lines at any blank would see another target.
        if (spaces != 2 || !hasCleanLines(head.bytes(), start, head.length())) {
            return Optional.of(ExchangeFailure.REQUEST_MALFORMED);
        }
        return isCoded && head.has("content-length")
                ? Optional.of(ExchangeFailure.FRAMING_AMBIGUOUS)
                : Optional.empty();
    }

    private static int targetLength(RequestHead head, int start, int end) {
        byte[] bytes = head.bytes();
        int first = start;
        while (first < end && bytes[first] != ' ') {
            first++;
        }
        int last = end;
        while (last > first && bytes[last - 1] != ' ') {
            last--;
        }
        return last - first - 2;
    }

    private static int spaces(byte[] bytes, int start, int end) {
        int spaces = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] == ' ') {
                spaces++;
            } else if (bytes[i] == '\t') {
                return -1;
            }
        }
        return spaces;
    }

    // Every line ends with CR LF, none begins with a blank, and no CR, NUL or other control stands within.
    private static boolean hasCleanLines(byte[] bytes, int start, int length) {
        for (int i = start; i < length; i++) {
            byte b = bytes[i];
            if (b >= ' ' || b < 0) {
                continue;
            }
            if (b == '\r') {
                i++;
                if (i >= length || bytes[i] != '\n' || beginsWithBlank(bytes, i + 1, length)) {
                    return false;
                }
            } else if (b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean beginsWithBlank(byte[] bytes, int line, int length) {
        return line < length && (bytes[line] == ' ' || bytes[line] == '\t');
    }
}
