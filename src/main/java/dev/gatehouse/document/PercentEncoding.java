package dev.gatehouse.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** RFC 3986 section 2.1 over UTF-8; all but unreserved characters are encoded. Stateless. */
public final class PercentEncoding {
    private static final String UNRESERVED_SIGNS = "-._~";
    private static final int ESCAPE = 3;
    private static final int ASCII_END = 128;

    private PercentEncoding() {}

    /** Each part of a URI by itself, since its separators are encoded as well. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean isPlain = c < ASCII_END && (Character.isLetterOrDigit(c) || UNRESERVED_SIGNS.indexOf(c) >= 0);
            if (isPlain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** Whatever is no escape stays as it is. */
    public static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (isEscape(text, at)) {
                bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
                bytes.write(HexFormat.fromHexDigits(text, at + 1, at + ESCAPE));
                from = at + ESCAPE;
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }
}
