package dev.gatehouse.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The few forms of DER (X.690) that a certificate needs, each returned as one complete element. Stateless. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final DateTimeFormatter UTC_TIME = time("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED_TIME = time("yyyyMMddHHmmss'Z'");

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, join(parts));
    }

    static byte[] set(byte[]... parts) {
        return element(SET, join(parts));
    }

    /** A context-specific element, constructed: {@code [number] EXPLICIT}. */
    static byte[] explicit(int number, byte[] part) {
        return element(0xa0 | number, part);
    }

    /** A context-specific element, primitive: {@code [number] IMPLICIT}. */
    static byte[] implicit(int number, byte[] content) {
        return element(0x80 | number, content);
    }

    static byte[] integer(BigInteger value) {
        return element(0x02, value.toByteArray());
    }

    static byte[] yes() {
        return element(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] none() {
        return element(0x05, new byte[0]);
    }

    static byte[] octets(byte[] content) {
        return element(0x04, content);
    }

    static byte[] bits(int unusedBits, byte... content) {
        return element(0x03, join(new byte[] {(byte) unusedBits}, content));
    }

    static byte[] utf8(String text) {
        return element(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A point in time; RFC 5280 §4.1.2.5 wants the two-digit form up to 2049. */
    static byte[] time(Instant instant) {
        boolean isShort = instant.atOffset(ZoneOffset.UTC).getYear() < 2050;
        String text = (isShort ? UTC_TIME : GENERALIZED_TIME).format(instant);
        return element(isShort ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] oid(int... arcs) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(arcs[0] * 40 + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arcs[i] >>> shift != 0) {
                    content.write(arcs[i] >>> shift & 0x7f | 0x80);
                }
            }
            content.write(arcs[i] & 0x7f);
        }
        return element(0x06, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int lengthBytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(0x80 | lengthBytes);
            for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8) {
                out.write(content.length >>> shift);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static DateTimeFormatter time(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
