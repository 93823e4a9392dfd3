package dev.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ListenAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web pages and other machines are kept away. */
class AdminGuardTest {
    private final AtomicInteger done = new AtomicInteger();
    private AdminHarness gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new AdminHarness();
        gateway.reloads = () -> {
            done.incrementAndGet();
            return new ReloadReport(
                    ReloadReport.Result.UNCHANGED, 1, 0, 0, List.of(), List.of(), List.of(), List.of(), Duration.ZERO);
        };
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:9901",
                "10.1.2.3:80",
                "localhost",
                "LOCALHOST:9901",
                "localhost.:9901",
                "[::1]:9901",
                "[fe80::1]"
            })
    void hostThatNoPageCanOwnIsServed(String host) throws Exception {
        assertThat(gateway.get("/health/live", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "localhost.example:9901",
                "127.0.0.1.example",
                "0x7f.1",
                "2130706433",
                "a@127.0.0.1"
            })
    void hostThatAPageCouldOwnIsRefusedForReadsToo(String host) throws Exception { // DNS rebinding
        Answered answer = gateway.get("/health/live", "Host: " + host);
        // What is no host at all the container may refuse before.
        assertThat(answer.status()).isIn(403, 400);
        assertThat(answer.body()).doesNotContain("live\"");
        assertThat(gateway.post("/reload", "", "Host: " + host).status()).isIn(403, 400);
        assertThat(done).hasValue(0);
    }

    @Test
    void refusalSaysWhy() throws Exception {
        assertThat(gateway.get("/health/live", "Host: rebound.example")
                        .json()
                        .get("error")
                        .asText())
                .startsWith(
                        "The Host is neither an IP address, nor localhost, nor the host of admin.listen (127.0.0.1)");
    }

    @Test
    void hostOfTheLocalFileIsServed() {
        AdminAddress own = new AdminAddress(new ListenAddress("Ops.example", 9901), java.util.Set.of());
        assertThat(AdminGuard.objection(own, request("127.0.0.1", "Host", "ops.EXAMPLE:9901"), true))
                .isEmpty();
        assertThat(AdminGuard.objection(own, request("127.0.0.1", "Host", "oops.example:9901"), false))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:PORT | | 200",
                "HTTP://127.0.0.1:PORT | same-origin | 200",
                "| none | 200",
                "| same-origin | 200",
                "| | 200",
                "http://127.0.0.1:8080 | | 403",
                "http://127.0.0.1 | | 403",
                "http://evil.example | | 403",
                "http://evil.example:PORT | | 403",
                "null | | 403",
                "127.0.0.1:PORT | | 403",
                "| cross-site | 403",
                "| same-site | 403",
                "http://127.0.0.1:PORT | Cross-Site | 403"
            })
    void callThatActsIsTakenFromItsOwnOriginAlone(String origin, String site, int status) throws Exception {
        String from = origin == null ? "X-None: 1" : "Origin: " + origin.replace("PORT", "" + gateway.adminPort());
        String fetch = site == null ? "X-Nothing: 1" : "Sec-Fetch-Site: " + site;
        assertThat(gateway.post("/reload", "", from, fetch).status()).isEqualTo(status);
        assertThat(done).hasValue(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h | http | 127.0.0.1:80 | false",
                "http://127.0.0.1 | http | 127.0.0.1:80 | true",
                "https://127.0.0.1 | https | 127.0.0.1 | true",
                "https://127.0.0.1:443 | https | 127.0.0.1 | true",
                "http://[::1]:9901 | http | [::1]:9901 | true",
                "http://[::1] | http | [::1] | true",
                "https://127.0.0.1 | http | 127.0.0.1 | false"
            })
    void portThatIsLeftOutIsThatOfTheScheme(String origin, String scheme, String host, boolean isTaken) {
        AdminAddress own = AdminAddress.of(new ListenAddress("127.0.0.1", 9901));
        HttpServletRequest request = request("127.0.0.1", "Host", host, "Origin", origin, "", scheme);
        assertThat(AdminGuard.objection(own, request, true).isEmpty()).isEqualTo(isTaken);
    }

    @Test
    void secondOriginMustBeOwnToo() throws Exception {
        String own = "Origin: http://127.0.0.1:" + gateway.adminPort();
        assertThat(gateway.post("/reload", "", own, "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void otherPagesMayStillReadHealth() throws Exception { // they see no answer without CORS headers
        Answered answer = gateway.get("/health/live", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().has("Access-Control-Allow-Origin")).isFalse();
    }

    @Test
    void probeByGetActsSoPagesCannotSendIt() throws Exception { // PRB-22
        assertThat(gateway.get("/backend-health", "Sec-Fetch-Site: cross-site").status())
                .isEqualTo(200);
        assertThat(gateway.get("/backend-health?path=/", "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 192.0.2.7, true",
        "0.0.0.0, 127.0.0.1, true",
        "0.0.0.0, ::1, true",
        "0.0.0.0, 192.0.2.7, false",
        "192.0.2.1, 192.0.2.7, false",
        "192.0.2.1, 127.0.0.1, true",
        "::, 2001:db8::1, false"
    })
    void openAddressActsForThisMachineAlone(String listen, String client, boolean isTaken) {
        AdminAddress own = AdminAddress.of(new ListenAddress(listen, 9901));
        HttpServletRequest request = request(client, "Host", "192.0.2.1:9901");
        assertThat(AdminGuard.objection(own, request, true).isEmpty()).isEqualTo(isTaken);
        assertThat(AdminGuard.objection(own, request, false)).isEmpty();
    }

    /** Clients elsewhere cannot be real here. Names and values by turns; an empty name gives the scheme. */
    private static HttpServletRequest request(String client, String... fields) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                AdminGuardTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> client;
                    case "getProtocol" -> "HTTP/1.1";
                    case "getScheme" -> values("", fields).stream().findFirst().orElse("http");
                    case "getHeader" ->
                        values((String) arguments[0], fields).stream()
                                .findFirst()
                                .orElse(null);
                    case "getHeaders" -> Collections.enumeration(values((String) arguments[0], fields));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static List<String> values(String name, String... fields) {
        return java.util.stream.IntStream.range(0, fields.length / 2)
                .filter(i -> fields[2 * i].equals(name))
                .mapToObj(i -> fields[2 * i + 1])
                .toList();
    }
}
