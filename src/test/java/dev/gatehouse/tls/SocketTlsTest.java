package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ClientAuthentication;
import dev.gatehouse.model.ClientAuthentication.Mode;
import dev.gatehouse.model.ClientAuthentication.Revocation;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.testkit.TrustAll;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS-10, TLS-20, TLS-31: what a socket shows to whom. */
class SocketTlsTest {
    private static final Map<String, ListenerIdentity> LISTENERS = new HashMap<>();
    private static final ListenerTls OLD =
            new ListenerTls(List.of("TLSv1.2"), List.of(), List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));

    @BeforeAll
    static void makeListeners() throws Exception {
        add("exact", KeyType.EC_P256, "www.example.com", "Shop.example.com");
        add("narrow", KeyType.EC_P256, "*.eu.example.com");
        add("wide", KeyType.RSA_2048, "*.example.com", "img?.example.org");
        add("basic", KeyType.EC_P256);
    }

    private static void add(String name, KeyType type, String... hostNames) throws Exception {
        LISTENERS.put(name, identity(name, type, ListenerTls.DEFAULT, Mode.OFF, false, hostNames));
    }

    private static ListenerIdentity identity(
            String name, KeyType type, ListenerTls offer, Mode mode, boolean requiresName, String... hostNames)
            throws Exception {
        SelfSignedCertificate made = Samples.made(type, hostNames);
        HttpListener listener = new HttpListener(
                name,
                new FrontendIpConfiguration("front", null),
                new FrontendPort("port443", 443),
                Protocol.HTTPS,
                List.of(hostNames),
                new SslCertificate(name, null, null, null),
                requiresName,
                new SslProfile(
                        name + "-profile", null, List.of(), new ClientAuthentication(mode, false, Revocation.NONE)),
                List.of());
        ListenerKey.Ready key = new ListenerKey.Ready(made.privateKey(), List.of(made.certificate()));
        return new ListenerIdentity(listener, key, offer, List.of());
    }

    private static SocketTls socket(String... names) throws Exception {
        return SocketTls.of(List.of(names).stream().map(LISTENERS::get).toList(), false);
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, exact",
        "WWW.Example.Com, exact",
        "shop.example.com, exact",
        "a.eu.example.com, narrow",
        "a.b.eu.example.com, narrow",
        "a.example.com, wide",
        "a.b.example.com, wide",
        "img7.example.org, wide",
        "img77.example.org, basic",
        "example.com, basic",
        "unknown.test, basic",
        ", basic"
    })
    void listenerIsChosenByName(String serverName, String listener) throws Exception {
        SocketTls socket = socket("wide", "narrow", "exact", "basic");
        SocketTls narrowFirst = socket("narrow", "wide", "basic", "exact");

        assertThat(narrowFirst.identityFor(serverName)).isSameAs(LISTENERS.get(listener));
        String inRuleOrder = listener.equals("narrow") ? "wide" : listener;
        assertThat(socket.identityFor(serverName)).isSameAs(LISTENERS.get(inRuleOrder));
    }

    @Test
    void withoutABasicListenerTheFirstInRuleOrderAnswersForUnknownNamesAndForNone() throws Exception {
        SocketTls socket = socket("narrow", "exact");

        assertThat(socket.identityFor("unknown.test")).isSameAs(LISTENERS.get("narrow"));
        assertThat(socket.identityFor(null)).isSameAs(LISTENERS.get("narrow"));
    }

    @Test
    void clientIsShownTheKeyAndPolicyOfItsListener() throws Exception {
        ListenerIdentity old = identity("old", KeyType.EC_P256, OLD, Mode.OFF, false, "old.example");
        SocketTls socket = SocketTls.of(List.of(LISTENERS.get("wide"), old), false);

        SSLSession newest = handshake(socket, "a.example.com", TrustAll.context());
        assertThat(newest.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(newest.getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384"); // the policy's order, not the client's
        assertThat(newest.getPeerCertificates()).isEqualTo(chainOf(LISTENERS.get("wide")));
        SSLSession older = handshake(socket, "old.example", TrustAll.context());
        assertThat(older.getProtocol()).isEqualTo("TLSv1.2");
        assertThat(older.getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(older.getPeerCertificates()).isEqualTo(chainOf(old));
    }

    private static Certificate[] chainOf(ListenerIdentity identity) {
        return identity.key().chain().toArray(Certificate[]::new);
    }

    @ParameterizedTest // TLS-31, TLS-32
    @CsvSource({"OFF, false", "STRICT, true", "PASSTHROUGH, true"})
    void certificatesOfClientsAreWantedNeverNeeded(Mode mode, boolean wanted) throws Exception {
        ListenerIdentity identity = identity("l", KeyType.EC_P256, OLD, mode, false, "l.example");
        SSLEngine engine = SocketTls.of(List.of(identity), false).engine("l.example", List.of());

        assertThat(engine.getWantClientAuth()).isEqualTo(wanted);
        assertThat(engine.getNeedClientAuth()).isFalse();
    }

    @ParameterizedTest // TLS-10, the column of v1
    @CsvSource({"true, true, true", "true, false, false", "false, true, false"})
    void strangersAreTurnedAwayOnlyByV1AndOnlyWhereAllRequireAName(boolean isV1, boolean require, boolean refused)
            throws Exception {
        ListenerIdentity one = identity("one", KeyType.EC_P256, OLD, Mode.OFF, true, "one.example");
        ListenerIdentity two = identity("two", KeyType.EC_P256, OLD, Mode.OFF, require, "two.example");
        SocketTls socket = SocketTls.of(List.of(one, two), isV1);

        if (refused) {
            assertThatThrownBy(() -> socket.engine("three.example", List.of()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("three.example");
            assertThatThrownBy(() -> socket.engine(null, List.of())).isInstanceOf(SSLHandshakeException.class);
        } else {
            assertThat(socket.engine("three.example", List.of())).isNotNull();
        }
        assertThat(socket.engine("two.example", List.of())).isNotNull();
    }

    @Test // TLS-2
    void sessionsGoOnWhereNothingChangesAndOnlyThere() throws Exception {
        ListenerIdentity one = identity("one", KeyType.EC_P256, OLD, Mode.OFF, false, "one.example");
        ListenerIdentity two = identity("two", KeyType.EC_P256, OLD, Mode.OFF, false, "two.example");
        ListenerIdentity otherKey = identity("two", KeyType.EC_P256, OLD, Mode.OFF, false, "two.example");
        SocketTls before = SocketTls.of(List.of(one, two), false);
        SocketTls after = SocketTls.of(List.of(one, otherKey), false).after(before);
        SSLContext client = TrustAll.context();
        SSLSession first = handshake(before, "one.example", client);
        SSLSession second = handshake(before, "two.example", client);

        assertThat(handshake(after, "one.example", client)).isSameAs(first);
        SSLSession fresh = handshake(after, "two.example", client);
        assertThat(fresh).isNotSameAs(second);
        assertThat(fresh.getPeerCertificates()).isEqualTo(chainOf(otherKey));
    }

    @Test // a session made where anybody is let in must not be worth anything elsewhere
    void sessionOfOneListenerIsNotResumedForAnother() throws Exception {
        ListenerIdentity open = identity("open", KeyType.EC_P256, OLD, Mode.OFF, false, "open.example");
        ListenerIdentity strict = identity("strict", KeyType.EC_P256, OLD, Mode.STRICT, false, "strict.example");
        SSLContext client = TrustAll.context();
        SSLSession first = handshake(SocketTls.of(List.of(open), false), "x.example", client);

        assertThat(handshake(SocketTls.of(List.of(strict), false), "x.example", client))
                .isNotSameAs(first);
    }

    private static SSLSession handshake(SocketTls socket, String name, SSLContext context) throws Exception {
        SSLEngine server = socket.engine(name, List.of());
        SSLEngine client = context.createSSLEngine(name, 443);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        client.setSSLParameters(parameters);
        ByteBuffer toServer = ByteBuffer.allocate(64 * 1024).flip();
        ByteBuffer toClient = ByteBuffer.allocate(64 * 1024).flip();
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < 100 && (isAtIt(client) || isAtIt(server)); step++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        assertThat(isAtIt(client)).isFalse();
        return client.getSession();
    }

    private static boolean isAtIt(SSLEngine engine) {
        HandshakeStatus status = engine.getHandshakeStatus();
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(64 * 1024);
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> {
                out.compact();
                engine.wrap(ByteBuffer.allocate(0), out);
                out.flip();
            }
            default -> engine.unwrap(in, plain);
        }
    }
}
