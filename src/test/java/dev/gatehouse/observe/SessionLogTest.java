package dev.gatehouse.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.observe.SessionEnd.Side;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** websocket.md section 7, WS-26: one line when a session opens, one when it is over. */
class SessionLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SessionStart START = new SessionStart(
            "0123456789abcdef0123456789abcdef",
            "relay",
            "lis\"ten\ner",
            "rule",
            "pool",
            "settings",
            "10.0.0.5:80",
            "::1",
            50123,
            "/chat",
            "chat.example",
            "v2.chat");

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.gatehouse.access");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SessionLog log =
            new SessionLog(Clock.fixed(Instant.parse("2026-11-23T10:15:30.123456Z"), ZoneOffset.UTC));

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(lines);
    }

    @Test
    void openingIsTold() throws Exception {
        log.opened(START);
        assertThat(line()).isEqualTo(JSON.readTree("""
                { "timeStamp": "2026-11-23T10:15:30.123Z", "operationName": "ApplicationGatewayAccess",
                  "category": "ApplicationGatewayAccessLog", "listenerName": "lis\\"ten\\ner", "ruleName": "rule",
                  "backendPoolName": "pool", "backendSettingName": "settings",
                  "properties": { "clientIP": "::1", "clientPort": 50123, "httpMethod": "GET", "requestUri": "/chat",
                    "originalHost": "chat.example", "httpStatus": 101, "httpVersion": "HTTP/1.1",
                    "serverRouted": "10.0.0.5:80", "transactionId": "0123456789abcdef0123456789abcdef",
                    "webSocket": { "event": "open", "mode": "relay", "subprotocol": "v2.chat" } } }
                """));
    }

    @Test
    void endIsToldWithItsCounts() throws Exception {
        log.ended(new SessionEnd(START, 4001, Side.SERVER, 3, 4, 500, 6000, Duration.ofMillis(61_007)));
        assertThat(line().at("/properties/receivedBytes").asLong()).isEqualTo(500);
        assertThat(line().at("/properties/sentBytes").asLong()).isEqualTo(6000);
        assertThat(line().at("/properties/timeTaken").asDouble()).isEqualTo(61.007);
        assertThat(line().at("/properties/webSocket")).isEqualTo(JSON.readTree("""
                { "event": "close", "mode": "relay", "subprotocol": "v2.chat", "closeCode": 4001,
                  "closeSource": "server", "messagesIn": 3, "messagesOut": 4 }
                """));
    }

    private com.fasterxml.jackson.databind.JsonNode line() throws Exception {
        assertThat(lines.list).hasSize(1);
        String text = lines.list.get(0).getFormattedMessage();
        assertThat(text).doesNotContain("\n");
        return JSON.readTree(text);
    }
}
