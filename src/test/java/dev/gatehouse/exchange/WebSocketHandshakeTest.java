package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketHandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    @Test
    void sixteenBytesMakeAKey() { // RFC 6455 §1.3
        assertThat(WebSocketHandshake.isKey(KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZSE=", "!!!!IHNhbXBsZSBub25jZQ=="})
    void keysOfOtherThanSixteenBytesAreRefused(String key) { // WS-11
        assertThat(WebSocketHandshake.isKey(key)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Upgrade: websocket | Connection: keep-alive, Upgrade | Sec-WebSocket-Version: 13 | -",
                "Upgrade: websocket | Connection: Upgrade | Sec-WebSocket-Version: 8 | HANDSHAKE_VERSION",
                "Upgrade: websocket | Connection: Upgrade | X: no version | HANDSHAKE_VERSION",
                "Upgrade: websocket | Connection: close | X: no handshake | -",
                "Upgrade: h2c | Connection: Upgrade | X: no handshake | -",
            })
    void onlyWhatAsksForWebSocketIsJudgedAsHandshake(
            String upgrade, String connection, String version, ExchangeFailure failure) { // WS-10, WS-11
        TestRequest request = new TestRequest("GET", "/", upgrade, connection, version, "Sec-WebSocket-Key: " + KEY);
        assertThat(WebSocketHandshake.fault(request)).isEqualTo(Optional.ofNullable(failure));
    }

    @Test
    void backendGetsOurFieldsAndNoneOfTheClientsHop() { // WS-13
        List<String> sent = new ArrayList<>();
        Target.Forward target = target();
        WebSocketHandshake.writeHead(
                routed(target),
                UpstreamPool.membersOf(target, AddressMap.NONE).get(0),
                "id",
                KEY,
                (name, value) -> sent.add(name + ": " + value));
        assertThat(sent)
                .containsExactly(
                        "Host: www.example.com",
                        "Cookie: a=1",
                        "X-Forwarded-For: 192.0.2.1:4711",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Port: 80",
                        "X-Original-Host: www.example.com",
                        "X-Original-URL: /a%2Fb",
                        "X-AppGW-Trace-Id: id",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: " + KEY,
                        "Sec-WebSocket-Protocol: chat, superchat");
    }

    private static Routed routed(Target.Forward target) {
        TestRequest request = new TestRequest(
                "GET",
                "/a%2Fb",
                "Host: www.example.com",
                "Connection: Upgrade, X-Private",
                "Upgrade: websocket",
                "X-Private: 1",
                "Sec-WebSocket-Key: client's",
                "sec-websocket-extensions: permessage-deflate",
                "Sec-WebSocket-Protocol: chat, superchat",
                "Cookie: a=1");
        HttpListener listener = new HttpListener(
                "l",
                new FrontendIpConfiguration("f", null),
                new FrontendPort("p", 80),
                Protocol.HTTP,
                List.of(),
                null,
                false);
        RequestRoutingRule rule = new RequestRoutingRule("r", 1, listener, target, null);
        Route route = new Route(listener, rule, null, null, null, target, null, 0, ForwardingSettings.DEFAULT);
        return new Routed(request, "www.example.com", new RequestPath("/a%2Fb", "/a%2Fb"), route);
    }

    private static Target.Forward target() {
        BackendHttpSettings settings = new BackendHttpSettings(
                "s",
                80,
                Protocol.HTTP,
                Duration.ofSeconds(5),
                null,
                HostOverride.NONE,
                null,
                CookieAffinity.OFF,
                ConnectionDraining.DEFAULT,
                BackendTlsRules.DEFAULT,
                false);
        BackendAddressPool pool = new BackendAddressPool("p", List.of(new BackendAddress("10.0.0.1", null)));
        return new Target.Forward(pool, settings);
    }
}
