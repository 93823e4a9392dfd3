package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TlsClient;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-10 to REQ-39: which listener, rule, path rule and member serves a request, and under which name. */
interface RoutingSuite extends Suite {
    @ParameterizedTest // REQ-10, REQ-12
    @ValueSource(strings = {"plain.example", "PLAIN.Example", "plain.example:80", "plain.example."})
    default void hostIsMatchedWithoutCasePortAndTrailingDot(String host) throws Exception {
        assertThat(get(host, "/").status()).isEqualTo(200);
        assertThat(backends().plain.recorded()).isEqualTo(1);
    }

    @ParameterizedTest // REQ-12, CFG-20
    @CsvSource({"shop.wild.example, 200", "second.example, 200", "wild.example, 404", "x.second.example, 404"})
    default void listenerTakesItsNamesAndWildcards(String host, int status) throws Exception {
        assertThat(get(host, "/").status()).isEqualTo(status);
    }

    @Test // REQ-13
    default void unknownHostIsNotFound() throws Exception {
        Answer answer = get("unknown.example", "/");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.head().value("Server")).isEqualTo("Gatehouse"); // REQ-47
    }

    @ParameterizedTest // REQ-3
    @ValueSource(strings = {"", "Host: a.example\r\nHost: b.example\r\n", "Host: a:b:c\r\n"})
    default void requestWithoutOneGoodHostIsRefused(String host) throws Exception {
        assertThat(send("GET / HTTP/1.1\r\n" + host + "\r\n").status()).isEqualTo(400);
    }

    @Test // REQ-3
    default void traceIsNotServed() throws Exception {
        Answer answer = send("TRACE / HTTP/1.1\r\nHost: plain.example\r\nCookie: secret\r\n\r\n");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).doesNotContain("secret");
        assertThat(backends().plain.recorded()).isZero();
    }

    @Test // REQ-10
    default void ruleIsChosenByPort() throws Exception {
        try (Wire wire = Wire.connect(home().extraPort())) {
            assertThat(send(wire, Suite.get("plain.example", "/", "")).status()).isEqualTo(200);
        }
        assertThat(backends().plain.recorded()).isZero();
        Head head = takeFromEither();
        assertThat(head.value("X-Forwarded-Port")).isEqualTo("8080"); // the public side, CFG-19
    }

    @ParameterizedTest // REQ-14
    @CsvSource({
        "strict.example, strict.example, 200",
        "STRICT.example, strict.example, 200",
        "site.example, strict.example, 421", // made for a listener that asks nobody for a certificate
        "site.example, plain.example, 200",
        "strict.example, plain.example, 200"
    })
    default void listenerThatAsksForCertificatesIsNotReachedThroughAnother(String serverName, String host, int status)
            throws Exception {
        try (Wire wire =
                Wire.connectTls(home().httpsPort(), serverName, TlsClient.showing(ClientCertificates.CLIENT))) {
            assertThat(send(wire, Suite.get(host, "/", "")).status()).isEqualTo(status);
        }
        assertThat(backends().plain.recorded() > 0).isEqualTo(status == 200);
    }

    @ParameterizedTest // REQ-23, section 4.18
    @CsvSource({
        "GET, /a, '', plain",
        "GET, /a, X-Ring: beta, images",
        "POST, /a, x-ring: beta, images",
        "PUT, /a, X-Ring: beta, plain",
        "GET, /a, X-Ring: Beta, plain",
        "GET, /a?v=2, '', videos",
        "GET, /a?x&v=3, '', videos",
        "GET, /a?v=23, '', plain",
        "GET, /a?v=2, X-Ring: beta, images" // the lower priority number goes first, whatever the order of the file
    })
    default void advancedRulesAskTheRequest(String method, String target, String field, String pool) throws Exception {
        String fields = field.isEmpty() ? "" : field + "\r\n";
        Answer answer = send(method + ' ' + target + " HTTP/1.1\r\nHost: adv.example\r\n" + fields
                + (method.equals("GET") ? "" : "Content-Length: 0\r\n") + "\r\n");
        assertThat(answer.status()).isEqualTo(200);
        RecordingBackend backend = switch (pool) {
            case "images" -> backends().first;
            case "videos" -> backends().second;
            default -> backends().plain;
        };
        assertThat(backend.take().head().startLine()).isEqualTo(method + ' ' + target + " HTTP/1.1");
    }

    @Test // REQ-24, section 4.18
    default void advancedRuleRedirects() throws Exception {
        assertThat(get("adv.example", "/old/page").status()).isBetween(301, 307);
        assertThat(backends().plain.recorded()).isZero();
    }

    @Test // REQ-10
    default void absoluteFormIsRoutedLikeOriginForm() throws Exception {
        assertThat(get("plain.example", "http://plain.example/a%2Fb?c").status())
                .isEqualTo(200);
        assertThat(backends().plain.take().head().startLine()).isEqualTo("GET /a%2Fb?c HTTP/1.1");
    }

    @ParameterizedTest // REQ-21
    @CsvSource({
        "/images/a, images",
        "/IMAGES/a, images",
        "/images/hidden/a, images", // array order, not specificity
        "/images, default",
        "/images2, default",
        "/video, videos",
        "/Videos/x, videos",
        "/exact, videos",
        "/exact/, default",
        "/im%61ges/x, images", // REQ-22: unreserved characters are compared decoded
        "/images%2Fa, default",
        "/other, default",
    })
    default void firstPathRuleInFileOrderWins(String path, String pool) throws Exception {
        assertThat(get("paths.example", path).status()).isEqualTo(200);
        RecordingBackend expected = Map.of(
                        "images", backends().first, "videos", backends().second, "default", backends().plain)
                .get(pool);
        assertThat(expected.recorded()).isEqualTo(1);
        assertThat(expected.take().head().target()).isEqualTo(path);
    }

    @Test // REQ-24, REQ-25, REQ-47
    default void redirectToUrlCarriesPathAndQuery() throws Exception {
        Answer answer = get("redirected.example", "/a%2Fb/c?d=%20e");
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.head().value("Location")).isEqualTo("https://elsewhere.example/base/a%2Fb/c?d=%20e");
        assertThat(answer.head().value("Server")).isEqualTo("Gatehouse");
    }

    @Test // REQ-25, REQ-27
    default void pathRuleRedirectsToListener() throws Exception {
        Answer answer = send(Suite.get("paths.example:80", "/old/page?x=1", ""));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.head().value("Location")).isEqualTo("https://paths.example/old/page");
    }

    @Test // REQ-34
    default void membersTakeTurns() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(get("two.example", "/").status()).isEqualTo(200);
        }
        assertThat(backends().first.recorded()).isEqualTo(5);
        assertThat(backends().second.recorded()).isEqualTo(5);
    }

    @ParameterizedTest // REQ-39
    @CsvSource({
        "plain.example, plain.example",
        "plain.example:8080, plain.example:8080",
        "hosted.example, fixed.example",
        "picked.example, plain.backend.example",
    })
    default void backendGetsTheHostThatSettingsAskFor(String sent, String received) throws Exception {
        assertThat(get(sent, "/").status()).isEqualTo(200);
        Head head = backends().plain.take().head();
        assertThat(head.values("Host")).containsExactly(received);
        assertThat(head.value("X-Original-Host")).isEqualTo(sent); // REQ-41
    }

    @ParameterizedTest // REQ-33
    @CsvSource({
        "overridden.example, /home/, /override/home/",
        "overridden.example, /home/a%2Fb?c=%20, /override/home/a%2Fb?c=%20",
        "paths.example, /pathrule/home/, /override/home/",
        "paths.example, /PathRule/home/secondhome/, /override/home/secondhome/",
        "paths.example, /pathrule, /override/",
    })
    default void settingsOverrideThePath(String host, String sent, String received) throws Exception {
        assertThat(get(host, sent).status()).isEqualTo(200);
        assertThat(backends().plain.take().head().target()).isEqualTo(received);
    }

    @Test // WS-2, REQ-41
    default void httpsListenerServes() throws Exception {
        try (Wire wire = Wire.connectTls(home().httpsPort(), "site.example")) {
            assertThat(send(wire, Suite.get("site.example", "/a", "")).status()).isEqualTo(200);
        }
        Head head = backends().plain.take().head();
        assertThat(head.value("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(head.value("X-Forwarded-Port")).isEqualTo("443");
    }

    private Head takeFromEither() throws InterruptedException, IOException {
        return (backends().first.recorded() > 0 ? backends().first : backends().second)
                .take()
                .head();
    }
}
