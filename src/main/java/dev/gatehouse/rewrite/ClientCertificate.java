package dev.gatehouse.rewrite;

import dev.gatehouse.model.ClientAuthentication.Mode;
import dev.gatehouse.model.SslProfile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The server variables {@code client_certificate...} (TLS-36). The pages are silent on formats; these are what OpenSSL
 * prints, which backends behind other proxies know. Stateless.
 */
final class ClientCertificate {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ClientCertificate() {}

    /** What is told of a certificate. */
    @FunctionalInterface
    private interface Property {
        String of(X509Certificate certificate) throws CertificateEncodingException;
    }

    static ValueSource of(String name) {
        return switch (name) {
            case "client_certificate" -> ifShown(ClientCertificate::pem);
            case "client_certificate_end_date" -> ifShown(certificate -> date(certificate.getNotAfter()));
            case "client_certificate_start_date" -> ifShown(certificate -> date(certificate.getNotBefore()));
            case "client_certificate_fingerprint" -> ifShown(ClientCertificate::fingerprint);
            case "client_certificate_issuer" -> ifShown(certificate -> name(certificate.getIssuerX500Principal()));
            case "client_certificate_subject" -> ifShown(certificate -> name(certificate.getSubjectX500Principal()));
            case "client_certificate_serial" -> ifShown(ClientCertificate::serial);
            case "client_certificate_verification" -> ClientCertificate::verification;
            default ->
                throw new IllegalArgumentException(
                        "name: " + name + " (expected: a server variable of request-processing.md)");
        };
    }

    private static ValueSource ifShown(Property property) {
        return message -> {
            List<X509Certificate> chain = message.request().tls().certificates();
            try {
                return chain.isEmpty() ? "" : property.of(chain.get(0));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("client certificate: cannot be encoded, though it was received", e);
            }
        };
    }

    // One line: every octet that is not unreserved is escaped.
    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(certificate.getEncoded());
        return WireText.escaped("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    private static String date(Date date) {
        return DATE.format(date.toInstant());
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1: absent (expected: in every Java)", e);
        }
    }

    private static String name(X500Principal name) {
        return WireText.of(name.getName(X500Principal.RFC2253));
    }

    private static String serial(X509Certificate certificate) {
        String digits = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return digits.length() % 2 == 0 || digits.startsWith("-") ? digits : "0" + digits;
    }

    // Where certificates are passed through nobody judged them (TLS-32); otherwise TLS ended with those that failed.
    private static String verification(Message message) {
        if (message.request().tls().certificates().isEmpty()) {
            return "NONE";
        }
        @Nullable SslProfile profile = message.routed().route().listener().sslProfile();
        boolean isPassedThrough =
                profile != null && profile.clientAuthentication().mode() == Mode.PASSTHROUGH;
        return isPassedThrough ? "FAILED:not verified" : "SUCCESS";
    }
}
