package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescribedRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "www.example.com/x",
                "/x",
                "http:/a/x",
                "http://",
                "http:///x",
                "ftp://a/x",
                "http://user@a:b/",
                "http://a:b:1/",
                "http://a:0/",
                "http://a:65536/",
                "http://a:x/",
                "http://[::1/",
                "http://a/b c",
                "http://a/\u00e4",
            })
    void urlThatNoClientCanUseIsRefused(String url) {
        assertThatThrownBy(() -> describe("GET", url)).isInstanceOf(DescriptionException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "http://a.example a.example 80 / -",
                "https://a.example:443?x a.example 443 / x",
                "HTTP://a.example:81/b?c#d a.example:81 81 /b c",
                "wss://[::1]:8443/%2e/..//?? [::1]:8443 8443 /%2e/..// ?",
                "http://a.example/x? a.example 80 /x ''",
            })
    void urlGivesHostPortAndTargetAsTyped(String url, String host, int port, String path, String query)
            throws DescriptionException {
        DescribedRequest request = describe("GET", url);
        assertThat(request.fields()).contains(new HeaderField("Host", host));
        assertThat(request.parsed().port()).isEqualTo(port);
        assertThat(request.parsed().path()).isEqualTo(path);
        assertThat(request.parsed().query()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                ": value",
                "a b: c",
                "a: b\r\nc: d",
                "Content-Length: -1",
                "Content-Length: x",
                "Transfer-Encoding: gzip",
            })
    void headerThatNoClientCanSendIsRefused(String header) {
        assertThatThrownBy(() -> describe("GET", "http://a/", header)).isInstanceOf(DescriptionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.example", "1.2.3.4:x", "1.2.3.4:99999", "1.2.3.256"})
    void clientMustBeAnAddress(String client) {
        assertThatThrownBy(() -> DescribedRequest.of("GET", "http://a/", List.of(), client, Optional.empty()))
                .isInstanceOf(DescriptionException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 50000",
        "192.0.2.1:7, 192.0.2.1, 7",
        "::1, ::1, 50000",
        "[::1], ::1, 50000",
        "[::1]:7, ::1, 7",
    })
    void clientMayHaveAPort(String client, String address, int port) throws DescriptionException {
        DescribedRequest request = DescribedRequest.of("GET", "http://a/", List.of(), client, Optional.empty());
        assertThat(request.client().address()).isEqualTo(address);
        assertThat(request.client().port()).isEqualTo(port);
    }

    @ParameterizedTest // WS-10, WS-11
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | http://a/ | X: y                       | 0",
                "GET  | http://a/ | Upgrade: websocket         | 3",
                "GET  | ws://a/   | X: y                       | 4",
                "GET  | ws://a/   | Upgrade: websocket         | 3",
                "GET  | ws://a/   | Sec-WebSocket-Version: 8   | 0",
                "GET  | http://a/ | Upgrade: h2c               | 0",
                "POST | http://a/ | Upgrade: websocket         | 0",
            })
    void handshakeIsCompletedUnlessTheDescriberWroteSomeOfIt(String method, String url, String header, int added)
            throws DescriptionException {
        DescribedRequest request = describe(method, url, header);
        assertThat(request.assumed()).hasSize(added);
        assertThat(request.fields()).hasSize(2 + added);
    }

    private static DescribedRequest describe(String method, String url, String... headers) throws DescriptionException {
        return DescribedRequest.of(method, url, List.of(headers), DescribedRequest.DEFAULT_CLIENT, Optional.empty());
    }
}
