package dev.gatehouse.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Collects the head of one HTTP/1.1 message, as it arrives, and answers questions about it. Confined to one thread. */
final class HttpHead {
    private byte[] bytes = new byte[512];
    private int length;

    void clear() {
        length = 0;
    }

    /** Takes bytes up to the empty line; true once it has been seen. */
    boolean readFrom(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            byte next = in.get();
            bytes[length++] = next;
            if (next == '\n' && length >= 4 && bytes[length - 2] == '\r' && bytes[length - 3] == '\n') {
                return true;
            }
        }
        return false;
    }

    /** The three digits of a status line, or -1. */
    int status() {
        return length > 12 && bytes[0] == 'H' ? (int) digits(9) : -1;
    }

    boolean isPost() {
        return bytes[0] == 'P';
    }

    /** The target of a request line. */
    String target() {
        int start = indexOf(' ', 0) + 1;
        return new String(bytes, start, indexOf(' ', start) - start, StandardCharsets.ISO_8859_1);
    }

    /** Value of Content-Length, or -1 when absent. */
    long contentLength() {
        int value = valueOf("content-length:");
        return value < 0 ? -1 : digits(value);
    }

    /** The value of a field, trimmed, or the empty string. {@code name} is lower-case with its colon. */
    String field(String name) {
        int start = valueOf(name);
        return start < 0
                ? ""
                : new String(bytes, start, indexOf('\r', start) - start, StandardCharsets.ISO_8859_1).trim();
    }

    /** First line, for messages. */
    String firstLine() {
        return new String(bytes, 0, indexOf('\r', 0), StandardCharsets.ISO_8859_1);
    }

    boolean upgradesToWebSocket() {
        return field("upgrade:").toLowerCase(Locale.ROOT).equals("websocket");
    }

    private int valueOf(String name) {
        for (int line = indexOf('\n', 0) + 1; line < length - 2; line = indexOf('\n', line) + 1) {
            if (startsWith(name, line)) {
                int value = line + name.length();
                return bytes[value] == ' ' ? value + 1 : value;
            }
        }
        return -1;
    }

    private boolean startsWith(String name, int at) {
        if (at + name.length() > length) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char expected = name.charAt(i);
            byte actual = bytes[at + i];
            if (actual != expected && (actual | 0x20) != expected) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(char wanted, int from) {
        int at = from;
        while (at < length && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private long digits(int from) {
        long value = 0;
        for (int at = from; at < length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            value = value * 10 + bytes[at] - '0';
        }
        return value;
    }
}
