package dev.gatehouse.embedded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.Wording;
import dev.gatehouse.health.BackendTlsFinding;
import dev.gatehouse.tls.BackendHandshake;
import dev.gatehouse.tls.CertificateNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What {@code tls-check} found, as text and as JSON. Immutable. */
record TlsReport(List<ListenerCertificate> listeners, List<BackendTlsFinding> backends, Clock clock) {
    /** Whether every listener has a certificate that clients take, and every backend is accepted. */
    boolean isAllAccepted() {
        return listeners.stream().allMatch(this::isUsable)
                && backends.stream().allMatch(backend -> backend.refusal().isEmpty());
    }

    private boolean isUsable(ListenerCertificate listener) {
        return listener.fault().isEmpty()
                && listener.uncovered().isEmpty()
                && listener.chain().stream().noneMatch(this::isExpired);
    }

    private boolean isExpired(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().isBefore(clock.instant());
    }

    void writeText(PrintWriter out) {
        for (ListenerCertificate each : listeners) {
            out.println("listener " + each.listener().name());
            line(out, "from", each.from());
            each.fault().ifPresent(fault -> line(out, "MISSING", fault));
            writeChain(out, each.chain());
            if (!each.uncovered().isEmpty()) {
                line(out, "not for", String.join(", ", each.uncovered()) + ": browsers will refuse it");
            }
        }
        for (BackendTlsFinding each : backends) {
            out.println(Wording.printable(
                    "pool " + each.pool() + ", settings " + each.settings().name() + ": " + each.member()));
            line(
                    out,
                    "SNI",
                    each.serverName()
                            .map(name -> name + " (" + each.nameFrom() + ")")
                            .orElse(each.nameFrom()));
            line(out, "checked", each.checks());
            each.handshake().ifPresent(seen -> {
                seen.protocol()
                        .ifPresent(protocol -> line(
                                out,
                                "agreed",
                                protocol + ", " + seen.cipherSuite().orElse("")));
                writeChain(out, seen.chain());
            });
            line(
                    out,
                    each.refusal().isEmpty() ? "ACCEPTED" : "REFUSED",
                    each.refusal().orElse(""));
            each.cure().ifPresent(cure -> line(out, "cure", cure));
        }
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(String.format("  %-9s %s", label, Wording.printable(text)).stripTrailing());
    }

    private void writeChain(PrintWriter out, List<X509Certificate> chain) {
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate each = chain.get(i);
            List<String> names = i == 0 ? names(each) : List.of();
            line(
                    out,
                    "chain " + (i + 1),
                    subject(each) + (names.isEmpty() ? "" : " for " + String.join(", ", names)) + "; issued by "
                            + each.getIssuerX500Principal().getName() + "; " + key(each) + "; "
                            + day(each.getNotBefore().toInstant())
                            + " to " + day(each.getNotAfter().toInstant()) + ", " + daysLeft(each));
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static List<String> names(X509Certificate leaf) {
        try {
            return CertificateNames.of(leaf);
        } catch (CertificateParsingException e) {
            return List.of("names that cannot be read");
        }
    }

    private static String key(X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        return certificate.getPublicKey() instanceof ECKey ec
                ? "EC " + ec.getParams().getCurve().getField().getFieldSize()
                : certificate.getPublicKey().getAlgorithm();
    }

    private static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private long days(X509Certificate certificate) {
        return Duration.between(clock.instant(), certificate.getNotAfter().toInstant())
                .toDays();
    }

    private String daysLeft(X509Certificate certificate) {
        long days = days(certificate);
        if (!isExpired(certificate)) {
            return days == 1 ? "1 day left" : days + " days left";
        }
        return days == 0 ? "expired less than a day ago" : "expired " + -days + (days == -1 ? " day ago" : " days ago");
    }

    void writeJson(PrintWriter out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeArrayFieldStart("listeners");
            for (ListenerCertificate each : listeners) {
                write(json, each);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("backends");
            for (BackendTlsFinding each : backends) {
                write(json, each);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
    }

    private void write(JsonGenerator json, ListenerCertificate each) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", each.listener().name());
        json.writeStringField("from", each.from());
        json.writeStringField("fault", each.fault().orElse(null));
        json.writeArrayFieldStart("notFor");
        for (String name : each.uncovered()) {
            json.writeString(name);
        }
        json.writeEndArray();
        writeChain(json, each.chain());
        json.writeEndObject();
    }

    private void write(JsonGenerator json, BackendTlsFinding each) throws IOException {
        json.writeStartObject();
        json.writeStringField("pool", each.pool());
        json.writeStringField("settings", each.settings().name());
        json.writeStringField("member", each.member());
        json.writeStringField("serverName", each.serverName().orElse(null));
        json.writeStringField("serverNameFrom", each.nameFrom());
        json.writeStringField("checked", each.checks());
        json.writeStringField(
                "protocol", each.handshake().flatMap(BackendHandshake::protocol).orElse(null));
        json.writeStringField(
                "cipherSuite",
                each.handshake().flatMap(BackendHandshake::cipherSuite).orElse(null));
        writeChain(json, each.handshake().map(BackendHandshake::chain).orElse(List.of()));
        json.writeBooleanField("accepted", each.refusal().isEmpty());
        json.writeStringField("refusal", each.refusal().orElse(null));
        json.writeStringField("cure", each.cure().orElse(null));
        json.writeEndObject();
    }

    private void writeChain(JsonGenerator json, List<X509Certificate> chain) throws IOException {
        json.writeArrayFieldStart("chain");
        for (X509Certificate each : chain) {
            json.writeStartObject();
            json.writeStringField("subject", subject(each));
            json.writeStringField("issuer", each.getIssuerX500Principal().getName());
            json.writeArrayFieldStart("names");
            for (String name : names(each)) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeStringField("key", key(each));
            json.writeStringField("notBefore", each.getNotBefore().toInstant().toString());
            json.writeStringField("notAfter", each.getNotAfter().toInstant().toString());
            json.writeNumberField("daysLeft", days(each));
            json.writeBooleanField("expired", isExpired(each));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
