package dev.gatehouse.exchange;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1 request as it came from the client, where a container still has it: what the Servlet API tells
 * of a request no longer shows how its lines ended or what the container left out. Confined to one exchange.
 *
 * <p>A container that parses in place may have moved the text of field values towards their colon. Names, line ends
 * and lengths are as sent.
 *
 * @param bytes begins with the request line, perhaps after empty lines; the container's own, never changed
 * @param length how many of them belong to the head
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RequestHead(byte[] bytes, int length) {
    private static final int SHIFT_TO_LOWER = 0x20;

    /** Where a container keeps it. Thread-safe; found by {@link java.util.ServiceLoader}. */
    public interface Source {
        /**
         * Looks for the head of a request.
         *
         * @param request a request whose body was not read yet
         * @return null if this container shows none: asked for every request, so no wrapper is made
         */
        @Nullable
        RequestHead of(ServletRequest request);
    }

    /** Where the text of the request begins: a client may send empty lines before it (RFC 9112 §2.2). */
    int start() {
        int start = 0;
        while (start < length && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        return start;
    }

    /** The first line feed at or after a place, or the length. */
    int endOfLine(int from) {
        int end = from;
        while (end < length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /**
     * Whether a field stands in it.
     *
     * @param name its name in lower case
     * @return true if a line begins with it and a colon
     */
    boolean has(String name) {
        for (int line = endOfLine(start()) + 1; line < length; line = endOfLine(line) + 1) {
            if (beginsWith(line, name)) {
                return true;
            }
        }
        return false;
    }

    private boolean beginsWith(int line, String name) {
        int colon = line + name.length();
        if (colon >= length || bytes[colon] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            byte b = bytes[line + i];
            if ((b >= 'A' && b <= 'Z' ? b | SHIFT_TO_LOWER : b) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
