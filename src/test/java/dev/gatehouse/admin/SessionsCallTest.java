package dev.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.observe.SessionStart;
import dev.gatehouse.websocket.SessionView;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** product.md section 4: GET /sessions, DELETE /sessions/{id}. */
class SessionsCallTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void sessionsAreListedTheOldestFirst() throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            admin.sessions.open.add(session("young", "chat", 5));
            admin.sessions.open.add(session("old", "chat", 50));
            JsonNode answer =
                    Answered.to(admin.adminPort(), "GET", "/sessions", "").json();
            assertThat(answer.get("open").asInt()).isEqualTo(2);
            assertThat(answer.at("/sessions/0")).isEqualTo(JSON.readTree("""
                    {"id": "old", "mode": "relay", "client": "127.0.0.1:9", "listener": "l", "rule": "r", "pool": "chat",
                     "settings": "s", "backend": "10.0.0.5:80", "host": "h.example", "path": "/chat", "subprotocol": "v1", "generation": 3, "ageSeconds": 50.0,
                     "idleSeconds": 1.5, "messagesIn": 1, "messagesOut": 2, "receivedBytes": 3, "sentBytes": 4,
                     "clientRttMillis": null, "backendRttMillis": 0.25, "ending": false}
                    """));
        }
    }

    @Test
    void listIsNarrowedAndCut() throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            for (int i = 0; i < 5; i++) {
                admin.sessions.open.add(session("c" + i, "chat", i));
                admin.sessions.open.add(session("n" + i, "news", i));
            }
            JsonNode answer = Answered.to(admin.adminPort(), "GET", "/sessions?pool=News&limit=2", "")
                    .json();
            assertThat(answer.get("open").asInt()).isEqualTo(5);
            assertThat(answer.get("sessions"))
                    .extracting(each -> each.get("id").asText())
                    .containsExactly("n4", "n3");
        }
    }

    @Test
    void sessionIsEndedWithCodeAndReason() throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            admin.sessions.open.add(session("one", "chat", 5));
            assertThat(Answered.to(admin.adminPort(), "GET", "/sessions/one", "")
                            .status())
                    .isEqualTo(200);
            assertThat(Answered.to(admin.adminPort(), "DELETE", "/sessions/one", "")
                            .status())
                    .isEqualTo(202);
            assertThat(Answered.to(admin.adminPort(), "DELETE", "/sessions/one?code=4000&reason=bye%20now", "")
                            .status())
                    .isEqualTo(202);
            assertThat(admin.sessions.ended).containsExactly("one 1001 closed by an operator", "one 4000 bye now");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"code=abc", "code=999", "code=5000", "why=x", "code=1000&code=1001", "limit=1"})
    void orderThatCannotBeCarriedOutIsRefused(String query) throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            admin.sessions.open.add(session("one", "chat", 5));
            assertThat(Answered.to(admin.adminPort(), "DELETE", "/sessions/one?" + query, "")
                            .status())
                    .isEqualTo(400);
            assertThat(admin.sessions.ended).isEmpty();
        }
    }

    @Test
    void unknownSessionIsNotFound() throws Exception {
        try (AdminHarness admin = new AdminHarness()) {
            assertThat(Answered.to(admin.adminPort(), "DELETE", "/sessions/gone", "")
                            .status())
                    .isEqualTo(404);
            assertThat(Answered.to(admin.adminPort(), "GET", "/sessions/gone", "")
                            .status())
                    .isEqualTo(404);
            assertThat(Answered.to(admin.adminPort(), "GET", "/sessions/a/b", "")
                            .status())
                    .isEqualTo(404);
        }
    }

    private static SessionView session(String id, String pool, int age) {
        return new SessionView(
                new SessionStart(
                        id,
                        "relay",
                        "/g",
                        "l",
                        "r",
                        pool,
                        "s",
                        "10.0.0.5:80",
                        "127.0.0.1",
                        9,
                        "/chat",
                        "h.example",
                        "v1"),
                3,
                Duration.ofSeconds(age),
                Duration.ofMillis(1500),
                1,
                2,
                3,
                4,
                Optional.empty(),
                Optional.of(Duration.ofNanos(250_000)),
                false);
    }
}
