package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-34 to REQ-36, REQ-44, WS-15: which member takes a request, and what binds a client to it. */
interface SelectionSuite extends Suite {
    /** Members of all of them are the backends {@code first} and {@code second}. */
    List<String> HOSTS = List.of(
            "sel-affinity.example",
            "sel-dedicated.example",
            "sel-spread.example",
            "sel-least.example",
            "sel-hash.example");

    @Test // REQ-35
    default void bothAffinityCookiesAreSetAndKeepTheClient() throws Exception {
        List<String> cookies = get("sel-affinity.example", "/").head().values("Set-Cookie");
        assertThat(cookies).hasSize(2);
        assertThat(cookies.get(1)).matches("SelIt=[0-9a-f]{32}; Path=/");
        String pair = cookies.get(1).substring(0, cookies.get(1).indexOf(';'));
        assertThat(cookies.get(0)).isEqualTo(pair.replace("SelIt=", "SelItCORS=") + "; Path=/; SameSite=None; Secure");
        RecordingBackend home = backends().first.recorded() > 0 ? backends().first : backends().second;
        home.take();
        for (String cookie : List.of(pair, pair.replace("SelIt=", "SelItCORS="), "SelItCORS=x; " + pair)) {
            Answer answer = send(Suite.get("sel-affinity.example", "/", "Cookie: " + cookie + "\r\n"));
            assertThat(answer.head().values("Set-Cookie")).isEmpty();
            assertThat(home.take().head().values("Cookie")).containsExactly(cookie);
        }
    }

    @Test // REQ-35
    default void unknownCookieIsAnsweredWithNewOnes() throws Exception {
        Answer answer = send(Suite.get("sel-affinity.example", "/", "Cookie: SelIt=" + "0".repeat(32) + "\r\n"));
        assertThat(answer.head().values("Set-Cookie")).hasSize(2);
    }

    @Test // WS-15
    default void handshakeSetsTheCookiesAndFollowsThem() throws Exception {
        for (RecordingBackend backend : List.of(backends().first, backends().second)) {
            backend.answers(request -> {
                request.wire().write(WebSocketWire.acceptance(request, "Set-Cookie: own=1\r\n"));
                request.wire().endsWithin(10_000);
            });
        }
        List<String> cookies;
        try (WebSocketWire session = openWebSocket("sel-affinity.example", "/")) {
            cookies = session.head().values("Set-Cookie");
        }
        assertThat(cookies).hasSize(3).contains("own=1");
        assertThat(cookies).anyMatch(cookie -> cookie.matches("SelItCORS=[0-9a-f]{32}; Path=/; SameSite=None; Secure"));
        String plain = cookies.stream()
                .filter(cookie -> cookie.startsWith("SelIt="))
                .findFirst()
                .orElseThrow();
        RecordingBackend home = backends().first.recorded() > 0 ? backends().first : backends().second;
        for (int i = 0; i < 3; i++) {
            String field = "Cookie: " + plain.substring(0, plain.indexOf(';')) + "\r\n";
            try (WebSocketWire session = WebSocketWire.open(connect(), "/", "sel-affinity.example", field)) {
                assertThat(session.head().values("Set-Cookie")).containsExactly("own=1");
            }
        }
        assertThat(home.recorded()).isEqualTo(4);
    }

    @Test // REQ-36: three to one
    default void policySpreadsByWeight() throws Exception {
        for (int i = 0; i < 40; i++) {
            assertThat(get("sel-spread.example", "/").status()).isEqualTo(200);
        }
        assertThat(backends().first.recorded()).isEqualTo(30);
        assertThat(backends().second.recorded()).isEqualTo(10);
    }

    @Test // REQ-36
    default void ipHashKeepsAClientAtItsMember() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(get("sel-hash.example", "/").status()).isEqualTo(200);
        }
        assertThat(Set.of(backends().first.recorded(), backends().second.recorded()))
                .containsExactlyInAnyOrder(0, 10);
    }

    @Test // REQ-36: sessions count like requests
    default void leastConnectionsKeepsOpenSessionsInProportion() throws Exception {
        for (RecordingBackend backend : List.of(backends().first, backends().second)) {
            backend.answers(request -> {
                request.wire().write(WebSocketWire.acceptance(request, ""));
                request.wire().endsWithin(10_000);
            });
        }
        List<WebSocketWire> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                sessions.add(openWebSocket("sel-least.example", "/"));
            }
            assertThat(backends().first.recorded()).isEqualTo(6);
            assertThat(backends().second.recorded()).isEqualTo(2);
        } finally {
            for (WebSocketWire session : sessions) {
                session.close();
            }
        }
    }

    @Test // REQ-44
    default void clientConnectionHasABackendConnectionOfItsOwn() throws Exception {
        try (Wire one = connect();
                Wire two = connect()) {
            for (int i = 0; i < 4; i++) {
                assertThat(send(one, Suite.get("sel-dedicated.example", "/one", ""))
                                .status())
                        .isEqualTo(200);
                assertThat(send(two, Suite.get("sel-dedicated.example", "/two", ""))
                                .status())
                        .isEqualTo(200);
            }
        }
        Set<String> connections = new HashSet<>();
        for (RecordingBackend backend : List.of(backends().first, backends().second)) {
            while (backend.recorded() > 0) {
                Received received = backend.take();
                connections.add(received.head().target() + " " + backend.port() + " " + received.connection());
            }
        }
        assertThat(connections).hasSize(2); // one for each target
    }

    @ParameterizedTest // REQ-44: ended with the client's, whichever way that ends, long before any idle limit
    @ValueSource(booleans = {true, false})
    default void endOfTheClientsConnectionEndsItsBackendConnection(boolean resets) throws Exception {
        Wire client = connect();
        assertThat(send(client, Suite.get("sel-dedicated.example", "/", "")).status())
                .isEqualTo(200);
        RecordingBackend home = backends().first.recorded() > 0 ? backends().first : backends().second;
        Wire backend = home.take().wire();
        assertThat(backend.isClosed()).isFalse();
        if (resets) {
            client.reset();
        } else {
            client.close();
        }
        await().atMost(Duration.ofSeconds(15)).until(backend::isClosed);
    }
}
