package dev.gatehouse.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * {@code Sec-WebSocket-Key} and the answer it demands (RFC 6455 §4.1, §4.2.2); for sessions and for probes that shake
 * hands. Stateless.
 */
public final class HandshakeKey {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private HandshakeKey() {}

    /**
     * A fresh key.
     *
     * @return 16 random bytes in base64
     */
    public static String next() {
        byte[] nonce = new byte[KEY_BYTES];
        RANDOM.nextBytes(nonce);
        return Base64.getEncoder().encodeToString(nonce);
    }

    /**
     * The value of {@code Sec-WebSocket-Accept} that proves the key was read.
     *
     * @param key the key sent
     * @return what the answer must hold
     */
    public static String acceptFor(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1: missing (expected: in every Java)", e);
        }
    }
}
