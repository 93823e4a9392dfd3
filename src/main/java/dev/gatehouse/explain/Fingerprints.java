package dev.gatehouse.explain;

import dev.gatehouse.model.SslCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Certificates by what they are: the start of the SHA-256 fingerprint that every tool prints. How they are wrapped, and
 * under which password, makes no difference. Stateless.
 */
final class Fingerprints {
    private static final int SHOWN_BYTES = 8;

    private Fingerprints() {}

    /**
     * A listener's certificate: its fingerprint, and the chain that is sent with it if the data holds one. An export's
     * public half has the fingerprint alone, because nothing says which other certificates it keeps.
     */
    static SortedMap<String, Fact> ofKey(SslCertificate certificate) {
        SortedMap<String, Fact> facts = new TreeMap<>();
        @Nullable String data = certificate.data();
        @Nullable String publicData = certificate.publicCertData();
        if (data != null) {
            String password = certificate.password() == null ? "" : certificate.password();
            List<X509Certificate> chain = opened(data, password);
            // What cannot be opened is told apart by its text; the password is compared and never shown.
            facts.put("fingerprint", chain.isEmpty() ? new Fact(ofText(data) + password, ofText(data)) : leaf(chain));
            facts.put("chain", others(chain));
        } else if (publicData != null) {
            List<X509Certificate> chain = parsed(publicData);
            facts.put("fingerprint", chain.isEmpty() ? Fact.of(ofText(publicData)) : leaf(chain));
        }
        return facts;
    }

    /** Certificates in base64, in whatever order. */
    static String ofCertificates(String base64) {
        List<X509Certificate> certificates = parsed(base64);
        return certificates.isEmpty() ? ofText(base64) : joined(certificates.stream());
    }

    /** The one that vouches for no other: PKCS#7 keeps no order. */
    private static Fact leaf(List<X509Certificate> chain) {
        return Fact.of(of(chain.stream()
                .filter(one -> chain.stream().noneMatch(other -> isIssuer(one, other)))
                .findFirst()
                .orElse(chain.get(0))));
    }

    private static boolean isIssuer(X509Certificate one, X509Certificate other) {
        return !other.equals(one) && other.getIssuerX500Principal().equals(one.getSubjectX500Principal());
    }

    private static Fact others(List<X509Certificate> chain) {
        String value = joined(chain.stream().skip(1));
        return new Fact(value, value.isEmpty() ? "none" : value);
    }

    private static String joined(Stream<X509Certificate> certificates) {
        return certificates.map(Fingerprints::of).sorted().collect(Collectors.joining(", "));
    }

    private static List<X509Certificate> opened(String base64, String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                Certificate @Nullable [] chain = store.getCertificateChain(alias);
                if (store.isKeyEntry(alias) && chain != null) {
                    return x509(Stream.of(chain));
                }
            }
            return List.of();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return List.of(); // a problem of the load, which said so, unless the local file supplies another
        }
    }

    private static List<X509Certificate> parsed(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return x509(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream());
        } catch (CertificateException | IllegalArgumentException e) {
            return List.of(); // as above
        }
    }

    private static List<X509Certificate> x509(Stream<? extends Certificate> certificates) {
        return certificates
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static String of(X509Certificate certificate) {
        try {
            return shown(certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }

    /** Line breaks in base64 mean nothing. */
    private static String ofText(String base64) {
        return shown(base64.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "SHA-256 " + HexFormat.of().formatHex(digest, 0, SHOWN_BYTES) + "...";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
