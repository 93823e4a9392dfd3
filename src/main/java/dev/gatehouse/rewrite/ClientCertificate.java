package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.CertificateChecks;
import dev.gatehouse.model.HttpListener;
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
            List<X509Certificate> chain = shown(message);
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

    // The connection may have been made for another listener, which asked: a stranger's certificate tells nothing here.
    private static List<X509Certificate> shown(Message message) {
        return listener(message).asksForClientCertificate()
                ? message.request().tls().certificates()
                : List.of();
    }

    // Where one is needed, whoever gets here showed one that was found good (TLS-31); otherwise nobody judged (TLS-32).
    private static String verification(Message message) {
        if (shown(message).isEmpty()) {
            return CertificateChecks.Verdict.NONE_SHOWN;
        }
        return listener(message).needsClientCertificate() ? "SUCCESS" : "FAILED:not verified";
    }

    private static HttpListener listener(Message message) {
        return message.routed().route().listener();
    }
}
