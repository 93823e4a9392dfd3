package dev.gatehouse.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.JsonOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log's lines of WebSocket sessions, one when a session opens and one when it is over, as JSON with Azure's
 * field names (observability.md section 1, websocket.md section 7). Lines go to the logger
 * {@code dev.gatehouse.access}. Thread-safe.
 */
public final class SessionLog implements SessionJournal {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.access");
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private final Clock clock;

    /**
     * Creates the log.
     *
     * @param clock gives the lines their time
     */
    public SessionLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void opened(SessionStart start) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(start, json -> {}, "open", json -> {}));
        }
    }

    @Override
    public void ended(SessionEnd end) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(end.start(), json -> counts(json, end), "close", json -> close(json, end)));
        }
    }

    private static void counts(JsonGenerator json, SessionEnd end) throws IOException {
        json.writeNumberField("receivedBytes", end.receivedBytes());
        json.writeNumberField("sentBytes", end.sentBytes());
        json.writeFieldName("timeTaken"); // seconds
        json.writeNumber(String.format(Locale.ROOT, "%.3f", end.length().toMillis() / 1e3));
    }

    private static void close(JsonGenerator json, SessionEnd end) throws IOException {
        json.writeNumberField("closeCode", end.closeCode());
        json.writeStringField("closeSource", end.closeSource().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("messagesIn", end.messagesIn());
        json.writeNumberField("messagesOut", end.messagesOut());
    }

    private String line(SessionStart start, JsonOutput.Content more, String event, JsonOutput.Content moreOfSession) {
        StringWriter line = new StringWriter(512);
        try {
            JsonOutput.writeLine(line, json -> {
                json.writeStartObject();
                envelope(json, start);
                json.writeObjectFieldStart("properties");
                request(json, start);
                more.write(json);
                json.writeObjectFieldStart("webSocket");
                json.writeStringField("event", event);
                json.writeStringField("mode", start.mode());
                json.writeStringField("subprotocol", start.subprotocol());
                moreOfSession.write(json);
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndObject();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return line.toString();
    }

    private void envelope(JsonGenerator json, SessionStart start) throws IOException {
        json.writeStringField("timeStamp", MILLIS.format(clock.instant().atOffset(ZoneOffset.UTC)));
        json.writeStringField("operationName", "ApplicationGatewayAccess");
        json.writeStringField("category", "ApplicationGatewayAccessLog");
        json.writeStringField("listenerName", start.listener());
        json.writeStringField("ruleName", start.rule());
        json.writeStringField("backendPoolName", start.pool());
        json.writeStringField("backendSettingName", start.settings());
    }

    private static void request(JsonGenerator json, SessionStart start) throws IOException {
        json.writeStringField("clientIP", start.clientIp());
        json.writeNumberField("clientPort", start.clientPort());
        json.writeStringField("httpMethod", "GET"); // WS-10
        json.writeStringField("requestUri", start.requestUri());
        json.writeStringField("originalHost", start.host());
        json.writeNumberField("httpStatus", SWITCHING_PROTOCOLS);
        json.writeStringField("httpVersion", "HTTP/1.1"); // WS-10
        json.writeStringField("serverRouted", start.backend());
        json.writeStringField("transactionId", start.traceId());
    }
}
