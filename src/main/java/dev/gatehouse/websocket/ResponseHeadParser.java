package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a backend's answer from bytes cut anywhere (RFC 9112 §4, §5). Interim answers other than 101 are
 * skipped. A bare LF ends a line (§2.2 allows it); folded lines, a bare CR, NUL and blanks before the colon are refused,
 * since two readers could disagree about them. Confined to one dial.
 */
final class ResponseHeadParser {
    /** The longest head, interim answers included. */
    static final int MAX_HEAD_BYTES = 64 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final List<ResponseHead.Field> fields = new ArrayList<>();
    private int status;
    private String reason = "";
    private int total;

    /**
     * Reads on, at most to the end of the head.
     *
     * @return the head, or null if more bytes are needed
     * @throws MalformedAnswerException if it is no HTTP/1.x head, or longer than {@link #MAX_HEAD_BYTES}
     */
    @Nullable
    ResponseHead parse(ByteBuffer in) throws MalformedAnswerException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (++total > MAX_HEAD_BYTES) {
                throw new MalformedAnswerException("head is longer than " + MAX_HEAD_BYTES + " bytes");
            }
            if (next != '\n') {
                line.write(next);
            } else if (endLine(takeLine())) {
                return new ResponseHead(status, reason, fields);
            }
        }
        return null;
    }

    private String takeLine() {
        String text = line.toString(ISO_8859_1);
        line.reset();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private boolean endLine(String text) throws MalformedAnswerException {
        if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
            throw new MalformedAnswerException("bare CR or NUL in the head");
        }
        if (status == 0) {
            status = statusOf(text);
            reason = text.substring(Math.min(text.length(), 13));
            return false;
        }
        if (!text.isEmpty()) {
            fields.add(fieldOf(text));
            return false;
        }
        if (status >= 200 || status == 101) {
            return true;
        }
        status = 0; // RFC 9110 §15.2: 100 and 103 may precede the answer
        fields.clear();
        return false;
    }

    private static int statusOf(String text) throws MalformedAnswerException {
        boolean shape = text.length() >= 12
                && text.startsWith("HTTP/1.")
                && Character.digit(text.charAt(7), 10) >= 0
                && text.charAt(8) == ' '
                && (text.length() == 12 || text.charAt(12) == ' ');
        int number = shape ? digits(text.substring(9, 12)) : 0;
        if (number < 100 || number > 599) {
            throw new MalformedAnswerException("no HTTP/1.1 status line");
        }
        return number;
    }

    private static int digits(String text) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static ResponseHead.Field fieldOf(String text) throws MalformedAnswerException {
        int colon = text.indexOf(':');
        if (colon <= 0 || !isToken(text, colon)) { // a folded line begins with a blank, which no token has
            throw new MalformedAnswerException("malformed header line");
        }
        return new ResponseHead.Field(
                text.substring(0, colon), text.substring(colon + 1).strip());
    }

    private static boolean isToken(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }
}
