package dev.gatehouse.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DER, PEM and base64 of either, as Azure accepts them (TLS-41). Stateless. */
final class CertificateFiles {
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private CertificateFiles() {}

    static byte[] base64(String text) throws CertificateException {
        try {
            // Line ends and indentation are usual; anything else outside the alphabet means a damaged text.
            return Base64.getDecoder().decode(BLANKS.matcher(text).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("it is no base64", e);
        }
    }

    static List<X509Certificate> certificates(byte[] file) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            byte[] plain = file;
            if (isPem(file)) {
                plain = certificateBlocks(file);
            } else if (isText(file)) {
                plain = base64(new String(file, StandardCharsets.US_ASCII));
            }
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(plain))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new CertificateException("it holds no certificate that can be read, neither as DER nor as PEM", e);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return certificates;
    }

    /** The certificates alone: keys and remarks may stand in the same file. */
    private static byte[] certificateBlocks(byte[] pem) {
        StringBuilder blocks = new StringBuilder();
        Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.US_ASCII));
        while (block.find()) {
            blocks.append(block.group()).append('\n');
        }
        return blocks.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it is one certificate, or several, and nothing more. */
    static boolean isCertificate(byte[] file) {
        try {
            return !certificates(file).isEmpty();
        } catch (CertificateException e) {
            return false; // the question was whether it can be read as one
        }
    }

    static PrivateKey privateKey(byte[] pem) throws GeneralSecurityException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END PRIVATE KEY-----");
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
            throw new InvalidKeySpecException("the key is encrypted, and PEM keys must not be (decrypt it with 'openssl"
                    + " pkcs8 -in OLD -out NEW', or use a PFX, which has a password)");
        }
        if (start < 0 || end < start) {
            throw new InvalidKeySpecException("no PKCS#8 key in it (expected: -----BEGIN PRIVATE KEY-----; convert"
                    + " other forms with 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW')");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(base64(text.substring(start + begin.length(), end)));
        InvalidKeySpecException last = new InvalidKeySpecException("unknown key type");
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                last = e; // not of this kind: the next one, and the last complaint if none fits
            }
        }
        throw last;
    }

    private static boolean isPem(byte[] file) {
        return new String(file, StandardCharsets.US_ASCII).contains("-----BEGIN");
    }

    private static boolean isText(byte[] file) {
        return file.length > 0 && file[0] != 0x30;
    }
}
