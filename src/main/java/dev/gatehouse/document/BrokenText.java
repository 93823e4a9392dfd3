package dev.gatehouse.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where bytes stop being UTF-8 text. Immutable.
 *
 * @param place of the first byte that belongs to no character
 * @param message what is wrong there
 */
record BrokenText(Place place, String message) {

    static BrokenText in(String file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer before = CharBuffer.allocate(bytes.length);
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, before, true);
        int offset = in.position();
        return new BrokenText(placeBehind(file, before.flip().toString()), message(bytes, offset));
    }

    private static Place placeBehind(String file, String text) {
        int line = 1;
        int lineStart = text.startsWith("\uFEFF") ? 1 : 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isFirstOfTwo = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || c == '\r' && !isFirstOfTwo) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place(file, line, text.length() - lineStart + 1, Pointer.ROOT);
    }

    private static String message(byte[] bytes, int offset) {
        // What Windows PowerShell writes when output is redirected to a file.
        boolean isUtf16 = offset == 0 && bytes.length > 1 && (bytes[0] ^ bytes[1]) == 1 && (bytes[0] & 0xFE) == 0xFE;
        if (isUtf16) {
            return "the file is UTF-16, not UTF-8 text.";
        }
        String value = offset < bytes.length ? String.format(Locale.ROOT, " (0x%02X)", bytes[offset] & 0xFF) : "";
        return "the file is not UTF-8 text: its byte " + (offset + 1) + value + " belongs to no character.";
    }
}
