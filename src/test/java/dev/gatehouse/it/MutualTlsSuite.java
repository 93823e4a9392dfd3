package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TlsClient;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Clients' certificates, where the gateway terminates TLS and where its container does (TLS-30, TLS-31). */
interface MutualTlsSuite extends Suite {
    String STRICT = "strict.example";
    String REQUEST = "GET /mutual HTTP/1.1\r\nHost: strict.example\r\nConnection: close\r\n\r\n";

    private Wire as(TestCa identity) throws IOException {
        return Wire.connectTls(home().httpsPort(), STRICT, TlsClient.showing(identity));
    }

    @Test
    default void clientWithACertificateIsLetIn() throws Exception {
        try (Wire wire = as(ClientCertificates.CLIENT)) {
            assertThat(send(wire, REQUEST).status()).isEqualTo(200);
        }
    }

    @Test
    default void clientWithoutACertificateIsToldSo() throws Exception {
        try (Wire wire = Wire.connectTls(home().httpsPort(), STRICT)) {
            Answer answer = send(wire, REQUEST);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("No required SSL certificate was sent");
        }
    }

    @Test
    default void strangerIsNotLetIn() throws Exception {
        if (has(KnownLimit.STRANGERS_FAIL_IN_THE_HANDSHAKE)) {
            assertThatThrownBy(() -> {
                        try (Wire wire = as(ClientCertificates.STRANGER)) {
                            send(wire, REQUEST);
                        }
                    })
                    .isInstanceOf(IOException.class);
            return;
        }
        try (Wire wire = as(ClientCertificates.STRANGER)) {
            Answer answer = send(wire, REQUEST);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("The SSL certificate error");
        }
    }

    @Test // WS-2
    default void handshakesAreHeldToTheSame() throws Exception {
        backends().plain.answers(request -> WebSocketWire.accept(request, "").echo());
        try (Wire wire = Wire.connectTls(home().httpsPort(), STRICT)) {
            wire.write(WebSocketWire.handshake("/", STRICT, ""));
            assertThat(wire.readFinalHead().status()).isEqualTo(400);
        }
        try (WebSocketWire session = WebSocketWire.open(as(ClientCertificates.CLIENT), "/", STRICT, "")) {
            session.sendText("hello");
            assertThat(session.readFrame().text()).isEqualTo("hello");
        }
    }
}
