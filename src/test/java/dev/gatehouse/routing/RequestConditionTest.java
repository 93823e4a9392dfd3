package dev.gatehouse.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.RoutingCondition;
import dev.gatehouse.model.ValueMatcher;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4.18, REQ-23: what a condition of advanced routing takes. */
class RequestConditionTest {
    /** A request of which these tests say what they need. */
    private record Facts(String method, @Nullable String query, List<String> fields, String remoteAddress)
            implements RequestFacts {
        @Override
        public Enumeration<String> headers(String name) {
            return Collections.enumeration(name.equalsIgnoreCase("X-Ring") ? fields : List.of());
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "beta, true",
                "canary, true",
                "old+beta, true", // one of several lines is enough
                "Beta, false",
                "'beta, old', false",
                "-, false"
            })
    void headerIsOneOfTheValues(@Nullable String fields, boolean holds) {
        assertThat(holds(
                        condition(RoutingCondition.Type.HEADER, "x-ring", "beta", "canary"),
                        "/",
                        "GET",
                        null,
                        fields,
                        "::1"))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "^b, false, false, beta, true",
                "^B, false, false, beta, false",
                "^B, true, false, beta, true",
                "eta, false, false, old+beta, true",
                "^b, false, true, beta, false",
                "^b, false, true, old+beta, false",
                "^b, false, true, old, true",
                "^b, false, true, -, true",
                "^$, false, false, -, false"
            })
    void headerFitsAPattern(
            String pattern, boolean ignoreCase, boolean negate, @Nullable String fields, boolean holds) {
        RoutingCondition condition = new RoutingCondition(
                RoutingCondition.Type.HEADER, "X-Ring", List.of(), new ValueMatcher(pattern, ignoreCase, negate));
        assertThat(holds(condition, "/", "GET", null, fields, "::1")).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "v=2, true",
                "a=1&v=2&b, true",
                "v=1&v=2, true",
                "V=2, false",
                "v=22, false",
                "xv=2, false",
                "%76=%32, true",
                "v=new+shop, true",
                "v=new%20shop, true",
                "v=%zz, false",
                "v, false",
                "'', false",
                "-, false"
            })
    void queryParameterIsOneOfTheValues(@Nullable String query, boolean holds) {
        assertThat(holds(
                        condition(RoutingCondition.Type.QUERY_STRING, "v", "2", "new shop"),
                        "/",
                        "GET",
                        query,
                        null,
                        "::1"))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"/new, true", "/NEW, true", "/new/a, false", "/img/a, true", "/img, false", "/, false"})
    void pathIsComparedAsPathMapsDo(String path, boolean holds) { // REQ-21
        assertThat(holds(condition(RoutingCondition.Type.PATH, null, "/new", "/img/*"), path, "GET", null, null, "::1"))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "10.2.2.3, false",
        "192.168.7.9, true",
        "192.168.7.10, false",
        "172.16.0.1, true",
        "172.31.255.255, true",
        "172.32.0.1, false",
        "2001:db8::1, true",
        "2001:db8:0:0:0:0:0:2, true",
        "2001:db9::1, false",
        "fe80::1%eth0, true",
        "::ffff:10.1.2.3, true" // what a dual-stack socket makes of an IPv4 client
    })
    void clientIsInABlock(String client, boolean holds) {
        RoutingCondition condition = condition(
                RoutingCondition.Type.CLIENT_IP,
                null,
                "10.1.0.0/16",
                "192.168.7.9",
                " 172.16.0.0/12",
                "2001:db8::/32",
                "fe80::/10");
        assertThat(holds(condition, "/", "GET", null, null, client)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "POST, true", "get, false", "PUT, false"})
    void methodIsOneOfTheValues(String method, boolean holds) {
        assertThat(holds(condition(RoutingCondition.Type.METHOD, null, "GET", "POST"), "/", method, null, null, "::1"))
                .isEqualTo(holds);
    }

    private static RoutingCondition condition(RoutingCondition.Type type, @Nullable String name, String... values) {
        return new RoutingCondition(type, name, List.of(values), null);
    }

    private static boolean holds(
            RoutingCondition condition,
            String path,
            String method,
            @Nullable String query,
            @Nullable String fields,
            String client) {
        List<String> lines =
                fields == null ? List.of() : Stream.of(fields.split("\\+")).toList();
        return new RequestCondition(condition).holds(path, new Facts(method, query, lines, client));
    }
}
