package dev.gatehouse.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
        "/~a/%7Eb/./%41%2F, /~a/~b/A%2F, /~a/%7Eb/%41%2F",
        "/a/.%2e/%2E/b;c, /b;c, /b;c",
        "/a/%2e./, /, /",
        "/a;x/../b//../c, /b/c, /b/c",
        "/100%, /100%, /100%",
        "/%zz, /%zz, /%zz",
    })
    void matchesNormalisedTextAndForwardsTheOriginalUnlessItHeldDotSegments(
            String raw, String matched, String forwarded) { // REQ-22
        assertThat(RequestPath.of(raw)).contains(new RequestPath(matched, forwarded));
    }

    @Test // REQ-22, forwarding.forwardNormalizedPath
    void dotSegmentsMayBeKeptAndStillDoNotMatch() {
        assertThat(RequestPath.of("/a/%2e./b").orElseThrow().forwardedAs("/a/%2e./b"))
                .isEqualTo(new RequestPath("/b", "/a/%2e./b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "*", "/..", "/a/../..", "/%2e%2e/x", "/a%00b", "/a/%2e%2e/%2E./b"})
    void refusesWhatClimbsOutOrHoldsNul(String raw) { // REQ-22
        assertThat(RequestPath.of(raw)).isEmpty();
    }
}
