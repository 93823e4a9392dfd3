package dev.gatehouse.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.gatehouse.exchange.AccessRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lines with Azure's field names (observability.md section 1), one JSON object each. Confined to one thread. */
final class AccessJson implements AccessFormat {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT);
    private static final String NOTHING = "-";
    private static final String NO_ERROR = "ERRORINFO_NO_ERROR";
    private static final double NANOS = 1e9;

    private final JsonGenerator json;
    private final Set<String> omitted;
    private final Scrub scrub;
    private final String instance;
    private final CipherNames ciphers = new CipherNames();
    private long formattedSecond = Long.MIN_VALUE;
    private String formattedTime = "";

    /**
     * Creates one.
     *
     * @param out where the lines go
     * @param omitted names of properties that are left out
     * @param scrub hides values of queries
     * @param instance names this gateway among several
     */
    AccessJson(OutputStream out, Set<String> omitted, Scrub scrub, String instance) throws IOException {
        this.json = FACTORY.createGenerator(out);
        this.omitted = omitted;
        this.scrub = scrub;
        this.instance = instance;
    }

    @Override
    public void write(AccessLine line) throws IOException {
        AccessLine.Way way = line.route();
        begin(line.endMillis(), way.gateway(), way.listener(), way.rule(), way.pool(), way.settings());
        asked(line);
        answered(line);
        tls(line.tls());
        backend(line);
        text("originalHost", line.request().originalHost());
        text("host", line.request().host());
        @Nullable FailureAccount failure = line.failure();
        text("error_info", failure == null ? NO_ERROR : failure.failure().errorInfo());
        text("contentType", line.answer().contentType());
        own(line);
        end();
    }

    private void begin(long millis, String gateway, String listener, String rule, String pool, String settings)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("timeStamp", time(millis));
        json.writeStringField("resourceId", gateway.toUpperCase(Locale.ROOT));
        json.writeStringField("listenerName", listener);
        json.writeStringField("ruleName", rule);
        json.writeStringField("backendPoolName", pool);
        json.writeStringField("backendSettingName", settings);
        json.writeStringField("operationName", "ApplicationGatewayAccess");
        json.writeStringField("category", "ApplicationGatewayAccessLog");
        json.writeObjectFieldStart("properties");
        text("instanceId", instance);
    }

    private void end() throws IOException {
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    // Thousands of lines are of one second.
    private String time(long millis) {
        long second = Math.floorDiv(millis, 1000L);
        if (second != formattedSecond) {
            formattedSecond = second;
            formattedTime = SECONDS.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
        }
        return formattedTime + threeDigits(millis - second * 1000) + 'Z';
    }

    private static String threeDigits(long number) {
        String zeros = "00";
        if (number >= 100) {
            zeros = "";
        } else if (number >= 10) {
            zeros = "0";
        }
        return zeros + number;
    }

    private void asked(AccessLine line) throws IOException {
        AccessLine.Asked request = line.request();
        text("clientIP", line.client().address());
        number("clientPort", line.client().port());
        text("httpMethod", request.method());
        text("originalRequestUriWithArgs", scrub.target(request.originalTarget()));
        text("requestUri", request.path());
        text("requestQuery", query(line));
        text("userAgent", orNothing(line.client().userAgent()));
    }

    // v1 has the routing where v2 has the query.
    private String query(AccessLine line) {
        if (!line.isV1()) {
            return scrub.query(line.request().query());
        }
        AccessLine.@Nullable Backend backend = line.backend();
        return "SERVER-ROUTED=" + (backend == null ? "" : backend.server()) + "&X-AzureApplicationGateway-LOG-ID="
                + line.traceId() + "&SERVER-STATUS=" + (backend == null ? 0 : backend.status());
    }

    private void answered(AccessLine line) throws IOException {
        number("httpStatus", line.answer().status());
        text("httpVersion", line.request().protocol());
        number("receivedBytes", line.request().bytes());
        number("sentBytes", line.answer().bytes());
        seconds("clientResponseTime", line.respondingNanos());
        if (line.isV1()) {
            number("timeTaken", line.takenNanos() / 1_000_000);
        } else {
            seconds("timeTaken", line.takenNanos());
        }
        text("WAFEvaluationTime", "0.000");
        text("transactionId", line.traceId());
    }

    private void tls(AccessLine.@Nullable Secure tls) throws IOException {
        text("sslEnabled", tls == null ? "off" : "on");
        text("sslCipher", tls == null ? "" : ciphers.openSsl(tls.cipher()));
        text("sslProtocol", tls == null ? "" : tls.protocol());
        text("sslClientVerify", tls == null ? "NONE" : tls.verified());
        @Nullable X509Certificate shown = tls == null ? null : tls.certificate();
        text("sslClientCertificateFingerprint", shown == null ? "" : fingerprint(shown));
        text(
                "sslClientCertificateIssuerName",
                shown == null ? "" : shown.getIssuerX500Principal().getName());
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("client certificate: no fingerprint, though it was received", e);
        }
    }

    private void backend(AccessLine line) throws IOException {
        AccessLine.@Nullable Backend backend = line.backend();
        String status = NOTHING;
        String latency = NOTHING;
        String port = "";
        if (backend != null && backend.status() > 0) {
            status = Integer.toString(backend.status());
            port = Integer.toString(backend.localPort());
        }
        if (backend != null && backend.lastByteNanos() >= 0) {
            latency = seconds(backend.lastByteNanos());
        }
        text("serverRouted", backend == null ? "" : backend.server());
        text("serverStatus", status);
        text("serverResponseLatency", latency);
        text("upstreamSourcePort", port);
    }

    /** What Azure has no name for; absent where there is nothing to tell. */
    private void own(AccessLine line) throws IOException {
        AccessLine.@Nullable Backend backend = line.backend();
        @Nullable String traceParent = line.request().traceParent();
        @Nullable FailureAccount failure = line.failure();
        boolean isTls = backend != null && backend.isTls();
        boolean isEmpty = !isTls
                && traceParent == null
                && failure == null
                && line.attempts().isEmpty();
        if (isEmpty || omitted.contains("gatehouse")) {
            return;
        }
        json.writeObjectFieldStart("gatehouse");
        if (isTls) {
            json.writeBooleanField("backendTls", true);
        }
        if (traceParent != null) {
            json.writeStringField("traceparent", traceParent);
        }
        if (!line.attempts().isEmpty()) {
            json.writeArrayFieldStart("attempts");
            for (AccessRecord.Attempt attempt : line.attempts()) {
                json.writeStartObject();
                json.writeStringField("server", attempt.server());
                json.writeStringField("failure", attempt.failure().name());
                json.writeFieldName("seconds");
                json.writeNumber(seconds(attempt.nanos()));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (failure != null) {
            failure(failure);
        }
        json.writeEndObject();
    }

    private void failure(FailureAccount failure) throws IOException {
        json.writeObjectFieldStart("failure");
        json.writeStringField("name", failure.failure().name());
        json.writeStringField(
                "phase",
                failure.phase()
                        .map(phase -> phase.name().toLowerCase(Locale.ROOT))
                        .orElse(null));
        json.writeStringField("cause", failure.words());
        json.writeStringField("member", failure.member());
        json.writeStringField("lastProbe", failure.lastProbe());
        json.writeStringField("cure", failure.cure());
        json.writeEndObject();
    }

    @Override
    public void write(SessionLine line) throws IOException {
        SessionStart start = line.start();
        begin(line.millis(), start.gateway(), start.listener(), start.rule(), start.pool(), start.settings());
        text("clientIP", start.clientIp());
        number("clientPort", start.clientPort());
        text("httpMethod", "GET"); // WS-10
        text("requestUri", start.requestUri());
        number("httpStatus", SessionLine.STATUS);
        text("httpVersion", "HTTP/1.1"); // WS-10
        @Nullable SessionEnd end = line.end();
        if (end != null) {
            number("receivedBytes", end.receivedBytes());
            number("sentBytes", end.sentBytes());
            seconds("timeTaken", end.length().toNanos());
        }
        text("transactionId", start.traceId());
        text("serverRouted", start.backend());
        text("originalHost", start.host());
        text("error_info", NO_ERROR);
        json.writeObjectFieldStart("webSocket");
        json.writeStringField("event", end == null ? "open" : "close");
        json.writeStringField("mode", start.mode());
        json.writeStringField("subprotocol", start.subprotocol());
        if (end != null) {
            json.writeNumberField("closeCode", end.closeCode());
            json.writeStringField("closeSource", end.closeSource().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("messagesIn", end.messagesIn());
            json.writeNumberField("messagesOut", end.messagesOut());
        }
        json.writeEndObject();
        end();
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? NOTHING : text;
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (omitted.isEmpty() || !omitted.contains(name)) {
            json.writeStringField(name, value == null ? "" : value);
        }
    }

    private void number(String name, long value) throws IOException {
        if (omitted.isEmpty() || !omitted.contains(name)) {
            json.writeNumberField(name, value);
        }
    }

    private void seconds(String name, long nanos) throws IOException {
        if (omitted.isEmpty() || !omitted.contains(name)) {
            json.writeFieldName(name);
            json.writeNumber(seconds(nanos));
        }
    }

    /** Seconds with three decimals; written by hand, for every line has two. */
    static String seconds(long nanos) {
        long millis = Math.round(nanos / (NANOS / 1000));
        return millis / 1000 + "." + threeDigits(millis % 1000);
    }
}
