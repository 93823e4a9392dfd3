package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import dev.gatehouse.upstream.Health;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-35, WS-15: who gets affinity cookies, and what they do. */
@Timeout(60)
class AffinityTrafficTest {
    private static final String PLAIN = "ApplicationGatewayAffinity=";

    private final ForwardHarness.Settings settings = new ForwardHarness.Settings();
    private RecordingBackend first;
    private RecordingBackend second;
    private ForwardHarness gateway;

    @BeforeEach
    void start() throws Exception {
        first = new RecordingBackend();
        second = new RecordingBackend();
        settings.affinity = new CookieAffinity(true, CookieAffinity.OFF.cookieName());
        gateway = ForwardHarness.to(settings, first.port(), second.port());
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void firstAnswerSetsBothCookiesBehindTheBackendsOwn() throws Exception {
        first.answers(request -> request.answer("HTTP/1.1 200 OK\r\nSet-Cookie: own=1\r\nContent-Length: 0\r\n\r\n"));
        List<String> cookies = get("").values("Set-Cookie");
        assertThat(cookies).hasSize(3);
        String value = cookies.get(2).substring(PLAIN.length(), PLAIN.length() + 32);
        assertThat(value).matches("[0-9a-f]{32}");
        assertThat(cookies)
                .containsExactly(
                        "own=1",
                        "ApplicationGatewayAffinityCORS=" + value + "; Path=/; SameSite=None; Secure",
                        "ApplicationGatewayAffinity=" + value + "; Path=/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ApplicationGatewayAffinity", "ApplicationGatewayAffinityCORS"})
    void clientThatNamesAMemberComesBackToIt(String name) throws Exception {
        String cookie = "a=b; " + name + "=" + valueOfFirst() + "; c=d";
        for (int i = 0; i < 5; i++) {
            assertThat(get("Cookie: " + cookie + "\r\n").values("Set-Cookie")).isEmpty();
            assertThat(first.take().head().values("Cookie")).containsExactly(cookie); // untouched
        }
        assertThat(second.recorded()).isZero();
    }

    @Test
    void unknownValueIsAnsweredWithNewCookies() throws Exception {
        assertThat(get("Cookie: " + PLAIN + "f".repeat(32) + "\r\n").values("Set-Cookie"))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Health.class)
    void memberIsUsedWhileItIsHealthyOrDraining(Health health) throws Exception {
        String cookie = "Cookie: " + PLAIN + valueOfFirst() + "\r\n";
        gateway.become(0, health);
        boolean isUsed = health == Health.HEALTHY || health == Health.DRAINING;
        for (int i = 0; i < 3; i++) {
            Head answer = get(cookie);
            assertThat(answer.values("Set-Cookie")).hasSize(isUsed ? 0 : 2);
        }
        assertThat(first.recorded()).isEqualTo(isUsed ? 3 : 0);
        assertThat(second.recorded()).isEqualTo(isUsed ? 0 : 3);
    }

    @Test // REQ-37: nobody else comes to a member that is draining
    void drainingMemberGetsNoNewClients() throws Exception {
        gateway.become(0, Health.DRAINING);
        for (int i = 0; i < 4; i++) {
            assertThat(get("").status()).isEqualTo(200);
        }
        assertThat(first.recorded()).isZero();
    }

    @Test
    void clientWhoseMemberIsGoneIsBoundToTheOneThatAnswers() throws Exception {
        String cookie = "Cookie: " + PLAIN + valueOfFirst() + "\r\n";
        first.stop();
        List<String> cookies = get(cookie).values("Set-Cookie");
        assertThat(cookies).hasSize(2);
        assertThat(get("Cookie: " + cookies.get(1).split(";", 2)[0] + "\r\n").values("Set-Cookie"))
                .isEmpty();
        assertThat(second.recorded()).isEqualTo(2);
    }

    @Test // only answers of backends carry them
    void errorsOfTheGatewayBindNobody() throws Exception {
        gateway.become(0, Health.UNHEALTHY);
        gateway.become(1, Health.UNHEALTHY);
        Head answer = get("");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.values("Set-Cookie")).isEmpty();
    }

    @Test
    void errorOfABackendBindsItsClient() throws Exception {
        first.answers(request -> request.answer("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"));
        assertThat(get("").values("Set-Cookie")).hasSize(2);
    }

    @Test // WS-15
    void handshakeIsBoundAndBinds() throws Exception {
        for (RecordingBackend backend : List.of(first, second)) {
            backend.answers(request -> {
                request.wire().write(WebSocketWire.acceptance(request, "Set-Cookie: own=1\r\n"));
                request.wire().endsWithin(5_000);
            });
        }
        List<String> cookies;
        try (WebSocketWire session = open("")) {
            cookies = session.head().values("Set-Cookie");
            assertThat(cookies).hasSize(3);
            assertThat(cookies.get(0)).isEqualTo("own=1");
            assertThat(cookies.get(1))
                    .startsWith("ApplicationGatewayAffinityCORS=")
                    .endsWith("; SameSite=None; Secure");
            assertThat(cookies.get(2)).startsWith(PLAIN).endsWith("; Path=/");
        }
        for (int i = 0; i < 3; i++) {
            try (WebSocketWire session = open("Cookie: " + cookies.get(2).split(";", 2)[0] + "\r\n")) {
                assertThat(session.head().values("Set-Cookie")).containsExactly("own=1");
            }
        }
        assertThat(first.recorded()).isEqualTo(4);
    }

    @Test // WS-15: a relayed refusal is an answer of the backend
    void refusedHandshakeBindsToo() throws Exception {
        first.answers(request -> request.answer("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"));
        try (Wire wire = Wire.connect(gateway.port())) {
            wire.write(WebSocketWire.handshake("/", "a.example", ""));
            Head answer = wire.readFinalHead();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.values("Set-Cookie")).hasSize(2);
        }
    }

    @Test // REQ-36: the members of all pools of a policy can be named
    void cookieCountsAcrossThePoolsOfAPolicy() throws Exception {
        settings.algorithm = Algorithm.ROUND_ROBIN;
        try (ForwardHarness spread =
                new ForwardHarness(settings, new int[] {first.port()}, new int[] {second.port()})) {
            List<String> cookies = get(spread, "/", "").values("Set-Cookie");
            first.take();
            String cookie = "Cookie: " + cookies.get(1).split(";", 2)[0] + "\r\n";
            for (int i = 0; i < 4; i++) {
                assertThat(get(spread, "/", cookie).values("Set-Cookie")).isEmpty();
                assertThat(get(spread, "/plain/", cookie).values("Set-Cookie")).isEmpty(); // same settings, same member
            }
            assertThat(first.recorded()).isEqualTo(8);
            assertThat(second.recorded()).isZero();
        }
    }

    @Test
    @Timeout(20)
    void hostileCookiesAreServed() throws Exception {
        String field = "Cookie: " + (PLAIN + "\"x;").repeat(120) + "\r\n";
        for (int i = 0; i < 50; i++) {
            assertThat(get(field).values("Set-Cookie")).hasSize(2);
        }
    }

    private String valueOfFirst() throws Exception {
        String cookie = get("").values("Set-Cookie").get(1);
        first.take();
        return cookie.substring(PLAIN.length(), PLAIN.length() + 32);
    }

    private Head get(String fields) throws IOException {
        return get(gateway, "/", fields);
    }

    private static Head get(ForwardHarness to, String path, String fields) throws IOException {
        try (Wire wire = Wire.connect(to.port())) {
            wire.write("GET " + path + " HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n");
            Head head = wire.readFinalHead();
            wire.readAnswerBody(head, "GET");
            return head;
        }
    }

    private WebSocketWire open(String fields) throws IOException {
        return WebSocketWire.open(Wire.connect(gateway.port()), "/", "a.example", fields);
    }
}
