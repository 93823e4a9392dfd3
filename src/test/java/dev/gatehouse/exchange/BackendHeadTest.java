package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RedirectType;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-4, REQ-41, REQ-42: the fields that a backend gets, told by table. */
class BackendHeadTest {
    @ParameterizedTest // REQ-41: with port, an IPv6 address in brackets
    @CsvSource({
        "192.0.2.1, 192.0.2.1:4711",
        "2001:db8::1, [2001:db8::1]:4711",
        "0:0:0:0:0:0:0:1, [0:0:0:0:0:0:0:1]:4711",
    })
    void forwardedForNamesTheClientWithItsPort(String address, String value) {
        assertThat(fields(new Peer(address), ForwardingSettings.DEFAULT)).contains("X-Forwarded-For: " + value);
    }

    @Test // REQ-41: what is there is continued, what is empty is nothing to continue
    void forwardedForIsContinued() {
        RequestView request = new Peer(
                "2001:db8::1", "X-Forwarded-For: [::2]:1, unknown", "x-forwarded-for:", "X-Forwarded-For: 10.0.0.1");
        assertThat(fields(request, ForwardingSettings.DEFAULT))
                .contains("X-Forwarded-For: [::2]:1, unknown, 10.0.0.1, [2001:db8::1]:4711");
        assertThat(fields(new Peer("192.0.2.1", "X-Forwarded-For:"), ForwardingSettings.DEFAULT))
                .contains("X-Forwarded-For: 192.0.2.1:4711");
    }

    @Test // REQ-4, forwarding.allowUnderscoreHeaders
    void unusualNamesCrossIfTheLocalFileSaysSo() {
        RequestView request = new Peer("192.0.2.1", "X_Y: 1", "X.Y: 2", "X-Y: 3", "Connection: X_Z", "X_Z: 4");
        assertThat(fields(request, ForwardingSettings.DEFAULT))
                .contains("X-Y: 3")
                .doesNotContain("X_Y: 1", "X.Y: 2");
        assertThat(fields(request, new ForwardingSettings(true, true, false)))
                .containsSubsequence("X_Y: 1", "X.Y: 2", "X-Y: 3")
                .doesNotContain("X_Z: 4"); // REQ-42: named by Connection
    }

    @Test // REQ-41: nobody but a gateway that took TLS tells a fingerprint
    void clientsFingerprintIsDropped() {
        assertThat(fields(new Peer("192.0.2.1", "x-azure-ja4-fingerprint: t13d"), ForwardingSettings.DEFAULT))
                .noneMatch(field -> field.toLowerCase(java.util.Locale.ROOT).startsWith("x-azure"));
    }

    @Test // REQ-42: none is documented
    void noViaIsAdded() {
        assertThat(fields(new Peer("192.0.2.1"), ForwardingSettings.DEFAULT))
                .noneMatch(field -> field.startsWith("Via"));
        assertThat(fields(new Peer("192.0.2.1", "Via: 1.0 x"), ForwardingSettings.DEFAULT))
                .contains("Via: 1.0 x");
    }

    private static List<String> fields(RequestView request, ForwardingSettings forwarding) {
        HttpListener listener = new HttpListener(
                "l",
                new FrontendIpConfiguration("f", null),
                new FrontendPort("p", 80),
                Protocol.HTTP,
                List.of(),
                null,
                false);
        Target target = new Target.Redirect(
                new RedirectConfiguration("r", RedirectType.FOUND, null, "https://x.example/", false, false));
        RequestRoutingRule rule = new RequestRoutingRule("r", 1, listener, target, null);
        Route route = new Route(listener, rule, null, null, null, target, null, -1, forwarding);
        List<String> fields = new ArrayList<>();
        BackendHead.writeFields(
                new Routed(request, "x.example", new RequestPath("/", "/"), route),
                "id",
                (name, value) -> fields.add(name + ": " + value));
        return fields;
    }

    /** A request of a client at an address. */
    private static final class Peer implements RequestView {
        private final TestRequest request;
        private final String address;

        Peer(String address, String... fields) {
            this.request = new TestRequest("GET", "/", fields);
            this.address = address;
        }

        @Override
        public String remoteAddress() {
            return address;
        }

        @Override
        public int remotePort() {
            return 4711;
        }

        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String protocol() {
            return request.protocol();
        }

        @Override
        public String path() {
            return request.path();
        }

        @Override
        public String query() {
            return request.query();
        }

        @Override
        public String header(String name) {
            return request.header(name);
        }

        @Override
        public java.util.Enumeration<String> headers(String name) {
            return request.headers(name);
        }

        @Override
        public java.util.Enumeration<String> headerNames() {
            return request.headerNames();
        }

        @Override
        public long contentLength() {
            return request.contentLength();
        }

        @Override
        public String serverName() {
            return request.serverName();
        }

        @Override
        public String localAddress() {
            return request.localAddress();
        }

        @Override
        public int localPort() {
            return request.localPort();
        }
    }
}
