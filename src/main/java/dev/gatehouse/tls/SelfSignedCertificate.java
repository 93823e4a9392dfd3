package dev.gatehouse.tls;

import dev.gatehouse.model.HostText;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A fresh key and an X.509 v3 server certificate that it signed itself (RFC 5280), for development: browsers warn,
 * {@code curl --cacert} and JSSE accept it once it is trusted. Immutable; {@code toString} shows no secret.
 *
 * @param privateKey the key
 * @param certificate the certificate; valid from an hour ago for 397 days, the longest that browsers take
 */
public record SelfSignedCertificate(PrivateKey privateKey, X509Certificate certificate) {
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final Duration VALIDITY = Duration.ofDays(397);
    // RFC 6125 §6.4.3: a wildcard is the whole leftmost label; "*" alone, inner ones and "?" mean nothing to clients.
    private static final Pattern DNS_NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]*)(\\.[a-z0-9_-]+)*", Pattern.CASE_INSENSITIVE);

    /** Kinds of keys. */
    public enum KeyType {
        /** ECDSA on P-256: made and used much faster than RSA. */
        EC_P256("EC", "SHA256withECDSA"),
        /** RSA with 2048 bits, for clients or policies without ECDSA. */
        RSA_2048("RSA", "SHA256withRSA");

        private final String algorithm;
        private final String signature;

        KeyType(String algorithm, String signature) {
            this.algorithm = algorithm;
            this.signature = signature;
        }

        private KeyPair newKeys() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (this == EC_P256) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        }

        private byte[] signatureAlgorithm() {
            return this == EC_P256
                    ? Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2))
                    : Der.sequence(Der.oid(1, 2, 840, 113549, 1, 1, 11), Der.none());
        }

        // digitalSignature; RSA also keyEncipherment, for the suites without forward secrecy (RFC 5280 §4.2.1.3).
        private byte[] keyUsage() {
            return this == EC_P256 ? Der.bits(7, (byte) 0x80) : Der.bits(5, (byte) 0xa0);
        }
    }

    /**
     * Makes a key and a certificate for it.
     *
     * @param keyType kind of key
     * @param hostNames names to stand for, wildcards included; {@code localhost}, {@code 127.0.0.1} and {@code ::1} are
     *     always added, what no certificate can carry ({@code ?}, a {@code *} that is not the whole first label) is left
     *     out
     * @param now the time its validity is counted from
     * @return both
     * @throws GeneralSecurityException if this JVM lacks the algorithms
     */
    public static SelfSignedCertificate create(KeyType keyType, List<String> hostNames, Instant now)
            throws GeneralSecurityException {
        KeyPair keys = keyType.newKeys();
        byte[] content = content(keyType, keys, hostNames, now);
        Signature signature = Signature.getInstance(keyType.signature);
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] signed = Der.sequence(content, keyType.signatureAlgorithm(), Der.bits(0, signature.sign()));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        return new SelfSignedCertificate(keys.getPrivate(), certificate);
    }

    @Override
    public String toString() {
        return "SelfSignedCertificate[" + certificate.getSubjectX500Principal() + "]";
    }

    // TBSCertificate, RFC 5280 §4.1
    private static byte[] content(KeyType keyType, KeyPair keys, List<String> hostNames, Instant now)
            throws GeneralSecurityException {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8("Gatehouse self-signed"))));
        return Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(127, new SecureRandom()).setBit(126)),
                keyType.signatureAlgorithm(),
                name,
                Der.sequence(
                        Der.time(now.minus(CLOCK_SKEW)),
                        Der.time(now.minus(CLOCK_SKEW).plus(VALIDITY))),
                name,
                keys.getPublic().getEncoded(),
                Der.explicit(3, extensions(keyType, keys, hostNames)));
    }

    private static byte[] extensions(KeyType keyType, KeyPair keys, List<String> hostNames)
            throws GeneralSecurityException {
        byte[] keyId =
                MessageDigest.getInstance("SHA-1").digest(keys.getPublic().getEncoded());
        byte[] serverAuth = Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1));
        return Der.sequence(
                Der.sequence(Der.oid(2, 5, 29, 19), Der.yes(), Der.octets(Der.sequence())), // basicConstraints: no CA
                Der.sequence(Der.oid(2, 5, 29, 15), Der.yes(), Der.octets(keyType.keyUsage())),
                Der.sequence(Der.oid(2, 5, 29, 37), Der.octets(serverAuth)),
                Der.sequence(Der.oid(2, 5, 29, 14), Der.octets(Der.octets(keyId))),
                Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(Der.sequence(alternativeNames(hostNames)))));
    }

    private static byte[][] alternativeNames(List<String> hostNames) {
        Set<String> names = new LinkedHashSet<>(hostNames);
        names.addAll(List.of("localhost", "127.0.0.1", "::1"));
        List<byte[]> encoded = new ArrayList<>();
        for (String name : names) {
            if (HostText.isIpLiteral(name)) {
                encoded.add(Der.implicit(7, addressBytes(name)));
            } else if (DNS_NAME.matcher(name).matches()) {
                encoded.add(Der.implicit(2, name.getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return encoded.toArray(byte[][]::new);
    }

    private static byte[] addressBytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("hostNames: " + literal + " (expected: an IP address)", e);
        }
    }
}
