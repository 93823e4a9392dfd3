package dev.gatehouse.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes to a text that know nothing of JSON. Confined to one thread. */
final class ByteMutations {
    private static final List<byte[]> PIECES = List.of(
            new byte[] {0},
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xC3, 0x28},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            utf8("\uFEFF"),
            utf8("\u00A0"),
            utf8("\u2028"),
            utf8("\\uD800"),
            utf8("\\u12"),
            utf8("\\x"),
            utf8("\""),
            utf8("\n\r\n"),
            utf8(","),
            utf8("{"),
            utf8("}"),
            utf8("]"),
            utf8(":"),
            utf8("/*"),
            utf8("//"),
            utf8("NaN"),
            utf8("-"),
            utf8("01"),
            utf8("1e"),
            utf8("TRUE"));

    private final Random random;

    ByteMutations(Random random) {
        this.random = random;
    }

    byte[] mutate(byte[] text) {
        int at = random.nextInt(text.length + 1);
        int length = Math.min(text.length - at, random.nextInt(random.nextBoolean() ? 8 : 400));
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(text, at);
            case 1 -> Arrays.copyOfRange(text, at, text.length);
            case 2 -> replace(text, at, length, new byte[0]);
            case 3 -> replace(text, at, 0, Arrays.copyOfRange(text, at, at + length));
            case 4 -> flip(text);
            case 5 -> replace(text, at, length, noise(length));
            case 6 -> large(text, at);
            case 7 -> replace(text, lineStart(text, at), 0, line(text, at));
            case 8 -> random.nextInt(10) == 0 ? whole(text) : flip(text);
            default -> replace(text, at, 0, PIECES.get(random.nextInt(PIECES.size())));
        };
    }

    private byte[] large(byte[] text, int at) {
        String piece = List.of("[", "{\"a\":", "9", "x", "-", "/", "[[", "\n", "\"a\":1,", "\\u0041")
                .get(random.nextInt(10));
        int times = random.nextInt(20) == 0 ? 100_000 : 1 + random.nextInt(3_000);
        return replace(text, at, 0, utf8(piece.repeat(times)));
    }

    private byte[] whole(byte[] text) {
        return switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> utf8(" \n\t");
            case 2 -> utf8("// nothing\n");
            case 3 -> noise(random.nextInt(500));
            default -> new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
        };
    }

    private byte[] flip(byte[] text) {
        byte[] flipped = text.clone();
        for (int i = 0; i < 1 + random.nextInt(4) && flipped.length > 0; i++) {
            flipped[random.nextInt(flipped.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(128) : random.nextInt());
        }
        return flipped;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static int lineStart(byte[] text, int at) {
        int start = Math.min(at, text.length);
        while (start > 0 && text[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static byte[] line(byte[] text, int at) {
        int end = at;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return Arrays.copyOfRange(text, lineStart(text, at), Math.min(text.length, end + 1));
    }

    private static byte[] replace(byte[] text, int at, int length, byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, at);
        out.writeBytes(piece);
        out.write(text, at + length, text.length - at - length);
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
