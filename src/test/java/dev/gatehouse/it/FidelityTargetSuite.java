package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-22, REQ-41: the bytes of a target, every one of them in every place. */
interface FidelityTargetSuite extends Suite {
    @Test // REQ-22
    default void everyVisibleByteCrossesInPathAndQuery() throws Exception {
        List<String> targets = new ArrayList<>();
        for (char c = '!'; c <= '~'; c++) {
            if (c != '#' && c != '%') {
                targets.add("/a" + c + "b");
                targets.add("/a?x" + c + "y");
            }
        }
        targets.add("/a?x%y");
        assertAllCross(targets);
    }

    @Test // REQ-22: encoded bytes stay as they were written
    default void everyEncodedByteCrossesInPathAndQuery() throws Exception {
        List<String> targets = new ArrayList<>();
        for (int i = 1; i < 256; i++) {
            targets.add(String.format(Locale.ROOT, "/e%%%02xz?q=%%%02Xz", i, i));
        }
        targets.add("/?q=%00");
        assertAllCross(targets);
    }

    private void assertAllCross(List<String> targets) throws Exception {
        try (Wire wire = connect()) {
            for (String target : targets) {
                assertThat(send(wire, Suite.get("fid.example", target, "")).status())
                        .as(target)
                        .isEqualTo(200);
                Head head = backends().plain.take().head();
                assertThat(head.startLine()).isEqualTo("GET " + target + " HTTP/1.1");
                assertThat(head.value("X-Original-URL")).isEqualTo(target); // REQ-41
            }
        }
    }

    @ParameterizedTest // REQ-22
    @ValueSource(
            strings = {
                "//",
                "///a//",
                "/;",
                "/;x=1",
                "/a;jsessionid=1",
                "/a/;/b",
                "/;/a",
                "/a;",
                "/a;?x",
                "/a/..;/b",
                "/a/.;/b",
                "/...",
                "/.a",
                "/a./b",
                "/a../b",
                "/a%2f..%2fb",
                "/a%5c..%5cb",
                "/a/%2e%2e%2fb",
                "/a%252e%252e/b",
                "/%25%30%30",
                "/*",
                "/a*",
                "/http://x/y",
                "/a?http://x",
                "/a?/../..",
                "/a?b?c",
                "/?&",
                "/?=",
                "/a%0a%0d",
                "/a:b@c",
                "//plain.example/a",
                "/a+b?c+d",
                "/a/%3B/%3F/%23",
                "/?%",
                "/?%z",
                "/a\\b",
                "/a&b=c"
            })
    default void targetStaysAsItIs(String target) throws Exception {
        assertAllCross(List.of(target));
    }

    @ParameterizedTest // REQ-22: only dot segments go; escapes elsewhere stay as they were written
    @CsvSource({
        "/., /",
        "/%2e, /",
        "/./a, /a",
        "/a/.%2E/b, /b",
        "/a/%2e%2E/, /",
        "/a/b/.., /a/",
        "/a;b/../c, /c",
        "/a/;a/../b, /a/b",
        "/~u/%7Eu/./x%2F%41, /~u/%7Eu/x%2F%41",
        "/a/../%41?/../%41, /%41?/../%41",
        "/a//../b, /a/b",
    })
    default void dotSegmentsAloneAreLeftOut(String target, String forwarded) throws Exception {
        assertThat(get("fid.example", target).status()).isEqualTo(200);
        Head head = backends().plain.take().head();
        assertThat(head.target()).isEqualTo(forwarded);
        assertThat(head.value("X-Original-URL")).isEqualTo(target); // REQ-41
    }

    @ParameterizedTest // REQ-22
    @CsvSource({"/a??, /a", "/a??b, /a?b", "/a???b, /a??b", "/?, /", "/;?, /;"})
    default void questionMarksStay(String target, String inWildFly) throws Exception {
        assertThat(get("fid.example", target).status()).isEqualTo(200);
        assertThat(backends().plain.take().head().target())
                .isEqualTo(has(KnownLimit.LEADING_QUESTION_MARKS) ? inWildFly : target);
    }

    @ParameterizedTest // REQ-22: a backslash is no slash
    @ValueSource(strings = {"/a\\..\\b", "/x/..\\y"})
    default void backslashesMakeNoSegments(String target) throws Exception {
        if (has(KnownLimit.BACKSLASH_DOTS)) {
            assertThat(get("fid.example", target).status()).isEqualTo(400);
            assertThat(backends().plain.recorded()).isZero();
        } else {
            assertAllCross(List.of(target));
        }
    }

    @ParameterizedTest // REQ-3: what cannot cross unchanged does not cross
    @ValueSource(strings = {"/\u00e9", "/?\u00e9", "/a?\u007f", "/a#b", "/a?b#c", "/a%", "/a%2", "/a%zz", "/a%00"})
    default void targetThatIsNoneIsRefused(String target) throws Exception {
        assertThat(get("fid.example", target).status()).isEqualTo(400);
        assertThat(backends().plain.recorded()).isZero();
    }
}
