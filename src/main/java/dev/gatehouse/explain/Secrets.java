package dev.gatehouse.explain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How texts that must not be printed are compared and shown: certificates by the start of their fingerprint, everything
 * that may be guessed only as being there. Stateless.
 */
final class Secrets {
    private static final int SHOWN_BYTES = 8;

    private Secrets() {}

    static Fact fact(String component, String value) {
        String name = component.toLowerCase(Locale.ROOT);
        // A hash of a password could be tried out offline, so not even that is shown.
        if (name.endsWith("password") || name.endsWith("secret")) {
            return new Fact(value, "***");
        }
        return Fact.of(name.equals("data") || name.endsWith("certdata") ? fingerprint(value) : value);
    }

    /** Line breaks in base64 mean nothing. */
    private static String fingerprint(String base64) {
        try {
            byte[] text = base64.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return "SHA-256 " + HexFormat.of().formatHex(digest, 0, SHOWN_BYTES) + "...";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
