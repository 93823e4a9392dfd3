package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.CertificateChecks;
import dev.gatehouse.exchange.ErrorPages;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RequestRewrites;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.exchange.TokenChecks;
import dev.gatehouse.exchange.TokenChecks.Verdict;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.routing.RequestFacts;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.testkit.TestTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-16, REQ-50: who gets past the filter. */
class TokenFilterTest {
    @TempDir
    private Path directory = Path.of("");

    private final List<String> refused = new ArrayList<>();
    private Exchange passed;

    @ParameterizedTest
    @ValueSource(strings = {"Deny", "Allow"})
    void defectOfOursLetsNobodyIn(String action) throws Exception { // REQ-50
        pass(action, (request, config) -> {
            throw new IllegalStateException("defect");
        });
        assertThat(passed).isNull();
        assertThat(refused).containsExactly("INTERNAL java.lang.IllegalStateException: defect");
    }

    @Test
    void onlyDenyRefuses() throws Exception {
        TokenChecks strict = (request, config) -> new Verdict.Refused(ExchangeFailure.TOKEN_EXPIRED);
        pass("Deny", strict);
        assertThat(passed).isNull();
        assertThat(refused).containsExactly("TOKEN_EXPIRED null");

        pass("Allow", strict);
        assertThat(passed.routed().request().identity()).isNull();
    }

    @Test
    void identityGoesOnWithTheExchange() throws Exception {
        pass("Deny", (request, config) -> new Verdict.Identified("t:o", Instant.MAX));
        assertThat(passed.routed().request().identity()).isEqualTo("t:o");
        assertThat(passed.routed().host()).isEqualTo("any.example");
        assertThat(refused).isEmpty();
    }

    private void pass(String action, TokenChecks checks) throws Exception {
        GatewayConfiguration configuration =
                Guarded.by(directory, TestTokens.TENANT, "{}", "", action).configuration();
        RouteTable routes = new RouteTable(configuration);
        Map<String, Object> attributes = new HashMap<>();
        HttpServletRequest request = request(attributes);
        Routed routed = new Routed(
                new ServletRequestView(request),
                "any.example",
                new RequestPath("/", "/"),
                routes.match("0.0.0.0", 443, "any.example", "/", RequestFacts.BARE)
                        .orElseThrow());
        Exchange exchange = new Exchange(
                new Snapshot(
                        configuration,
                        routes,
                        List.of(),
                        List.of(),
                        CertificateChecks.NONE,
                        checks,
                        RequestRewrites.NONE,
                        new ErrorPages(configuration.gateway(), source -> Optional.empty())),
                request,
                response(),
                routed);
        new TokenFilter((which, failure, cause) -> refused.add(failure + " " + cause))
                .doFilter(request, response(), (next, answer) -> passed = Exchange.of(next));
        assertThat(passed).isIn(exchange, null);
    }

    /** A request that keeps attributes and knows nothing else. */
    private static HttpServletRequest request(Map<String, Object> attributes) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                    case "getAttribute" -> attributes.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (self, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
