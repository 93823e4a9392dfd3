package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.TestTokens;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** REQ-16: rules that ask for tokens. Which tokens are good is shown by {@code BearerTokensTest}. */
interface TokenSuite extends Suite {
    private String bearer(UnaryOperator<JWTClaimsSet.Builder> change) {
        return "Authorization: Bearer " + backends().tokens.token(change) + "\r\n";
    }

    private String good() {
        return bearer(claims -> claims);
    }

    private Answer ask(String host, String fields) throws IOException {
        try (Wire wire = Wire.connectTls(home().httpsPort(), host)) {
            return send(wire, Suite.get(host, "/", fields));
        }
    }

    @Test // REQ-16, REQ-47
    default void requestWithoutTokenIsAskedForOne() throws Exception {
        Answer answer = ask("tokendeny.example", "");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head().values("WWW-Authenticate")).containsExactly("Bearer");
        assertThat(answer.head().values("Server")).containsExactly("Gatehouse");
        assertThat(answer.text()).contains("<h1>401 Unauthorized</h1>", "Gatehouse");
        assertThat(backends().plain.recorded()).isZero();
    }

    @Test // REQ-16
    default void badTokenIsNoBetterThanNone() throws Exception {
        assertThat(ask("tokendeny.example", "Authorization: Bearer x\r\n").status())
                .isEqualTo(401);
        assertThat(ask("tokendeny.example", bearer(claims -> claims.audience("api://other")))
                        .status())
                .isEqualTo(401);
        String good = good();
        assertThat(ask("tokendeny.example", good.substring(0, good.length() - 12) + "AAAAAAAAAA\r\n")
                        .status())
                .isEqualTo(401);
        assertThat(backends().plain.recorded()).isZero();
    }

    @Test // REQ-16
    default void goodTokenThatNamesNobodyIsForbidden() throws Exception {
        assertThat(ask("tokendeny.example", bearer(claims -> claims.claim("oid", null)))
                        .status())
                .isEqualTo(403);
    }

    @Test // REQ-16
    default void backendIsToldWhomTheTokenNames() throws Exception {
        String forged = "X-Msft-Entra-Identity: forged\r\n";
        assertThat(ask("tokendeny.example", forged + good()).status()).isEqualTo(200);
        assertThat(backends().plain.take().head().values("x-msft-entra-identity"))
                .containsExactly(TestTokens.IDENTITY);
    }

    @Test // REQ-16
    default void ruleThatAllowsLetsStrangersInWithoutIdentity() throws Exception {
        assertThat(ask("tokenallow.example", "x-msft-entra-identity: forged\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(backends().plain.take().head().has("x-msft-entra-identity")).isFalse();
        assertThat(ask("tokenallow.example", good()).status()).isEqualTo(200);
        assertThat(backends().plain.take().head().values("x-msft-entra-identity"))
                .containsExactly(TestTokens.IDENTITY);
    }

    @Test // REQ-16, WS-11
    default void handshakeIsAskedForATokenToo() throws Exception {
        assertThat(handshake("").status()).isEqualTo(401);
        assertThat(backends().plain.recorded()).isZero();

        backends().plain.answers(request -> {
            request.wire().write(WebSocketWire.acceptance(request, ""));
            request.wire().endsWithin(10_000);
        });
        assertThat(handshake(good()).status()).isEqualTo(101);
        assertThat(backends().plain.take().head().values("x-msft-entra-identity"))
                .containsExactly(TestTokens.IDENTITY);
    }

    private Head handshake(String fields) throws IOException {
        try (Wire wire = Wire.connectTls(home().httpsPort(), "tokendeny.example")) {
            wire.write("GET /chat HTTP/1.1\r\nHost: tokendeny.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + fields + "\r\n");
            return wire.readFinalHead();
        }
    }
}
