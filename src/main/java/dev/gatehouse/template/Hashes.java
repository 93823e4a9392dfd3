package dev.gatehouse.template;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The two hashes of the template language, bit for bit as Azure makes them, so that names come out the same. Stateless. */
final class Hashes {
    private static final UUID NAMESPACE = UUID.fromString("11fb06fb-712d-4ddd-98c7-e71bbd588830");
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_5 = 0x5000L;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LETTERS = 13;
    private static final int BITS_PER_LETTER = 5;
    private static final int BLOCK = 8;
    private static final int HALF = 4;
    private static final int FIRST = 0x239B961B;
    private static final int SECOND = 0xAB0E9789;

    private Hashes() {}

    /** RFC 9562 section 5.5, in the namespace that Azure documents. */
    static String guid(String text) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES + name.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(name);
        ByteBuffer hash = ByteBuffer.wrap(sha1(input.array()));
        long high = hash.getLong() & ~VERSION_BITS | VERSION_5;
        long low = hash.getLong() & ~(3L << 62) | 2L << 62;
        return new UUID(high, low).toString();
    }

    private static byte[] sha1(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** A MurmurHash3 of two 32-bit halves with Azure's constants, as 13 letters in base 32. */
    static String uniqueString(String text) {
        long hash = murmur(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LETTERS; i++) {
            letters.append(ALPHABET.charAt((int) (hash >>> (Long.SIZE - BITS_PER_LETTER))));
            hash <<= BITS_PER_LETTER;
        }
        return letters.toString();
    }

    private static long murmur(byte[] data) {
        int one = 0;
        int two = 0;
        int at = 0;
        for (; at + BLOCK <= data.length; at += BLOCK) {
            one ^= stirFirst(littleEndian(data, at, HALF));
            one = (Integer.rotateLeft(one, 19) + two) * 5 + 0x561CCD1B;
            two ^= stirSecond(littleEndian(data, at + HALF, HALF));
            two = (Integer.rotateLeft(two, 13) + one) * 5 + 0x0BCAA747;
        }
        int left = data.length - at;
        one ^= left > 0 ? stirFirst(littleEndian(data, at, Math.min(HALF, left))) : 0;
        two ^= left > HALF ? stirSecond(littleEndian(data, at + HALF, left - HALF)) : 0;
        return finish(one ^ data.length, two ^ data.length);
    }

    private static int stirFirst(int block) {
        return Integer.rotateLeft(block * FIRST, 15) * SECOND;
    }

    private static int stirSecond(int block) {
        return Integer.rotateLeft(block * SECOND, 17) * FIRST;
    }

    private static long finish(int first, int second) {
        int one = first + second;
        int two = avalanche(second + one);
        one = avalanche(one) + two;
        two += one;
        return (long) two << Integer.SIZE | Integer.toUnsignedLong(one);
    }

    private static int avalanche(int value) {
        int hash = (value ^ value >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }

    private static int littleEndian(byte[] data, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (data[at + i] & 0xFF) << i * Byte.SIZE;
        }
        return value;
    }
}
