package dev.gatehouse.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHostTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "Example.COM:8080, example.com",
        "example.com., example.com",
        "example.com.:80, example.com",
        "a_b.example, a_b.example",
        "127.0.0.1:80, 127.0.0.1",
        "[::1], [::1]",
        "[::1]:8443, [::1]",
        "[FE80::1]:1, [fe80::1]",
        "h:, h",
    })
    void leavesTheNameThatListenersCompare(String header, String host) { // REQ-10
        assertThat(RequestHost.of(header)).contains(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":80",
                "a:b",
                "a:1:2",
                "a:999999",
                "a b",
                "a/b",
                "a@b",
                "[::1",
                "[]",
                "[x]",
                "[::1]x",
                "a,b",
                "a%41",
                "ä.example",
                "a\"b"
            })
    void refusesWhatIsNoHost(String header) { // REQ-3
        assertThat(RequestHost.of(header)).isEmpty();
    }
}
