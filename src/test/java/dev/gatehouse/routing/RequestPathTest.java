package dev.gatehouse.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @CsvSource({
        "/, /, /",
        "/a//b, /a//b, /a//b",
        "/a%2Fb%5c, /a%2Fb%5c, /a%2Fb%5c",
        "/%61%7e/%20+, /a~/%20+, /%61%7e/%20+",
        "/a/./b, /a/b, /a/b",
        "/a/b/../c, /a/c, /a/c",
        "/a/%2e%2E/c, /c, /c",
        "/a/.., /, /",
        "/a/b/., /a/b/, /a/b/",
        "/.well-known/x, /.well-known/x, /.well-known/x",
        "/%2ewell-known, /.well-known, /%2ewell-known",
        "/a/...//b, /a/...//b, /a/...//b",
        "/100%, /100%, /100%",
        "/%zz, /%zz, /%zz",
    })
    void matchesNormalisedTextAndForwardsTheOriginalUnlessItHeldDotSegments(
            String raw, String matched, String forwarded) { // REQ-22
        assertThat(RequestPath.of(raw)).contains(new RequestPath(matched, forwarded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "*", "/..", "/a/../..", "/%2e%2e/x", "/a%00b", "/a/%2e%2e/%2E./b"})
    void refusesWhatClimbsOutOrHoldsNul(String raw) { // REQ-22
        assertThat(RequestPath.of(raw)).isEmpty();
    }
}
