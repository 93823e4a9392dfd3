package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fetch.WebDocuments;
import dev.gatehouse.model.ClientAuthentication;
import dev.gatehouse.model.ClientAuthentication.Mode;
import dev.gatehouse.model.ClientAuthentication.Revocation;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.model.TrustedClientCertificate;
import dev.gatehouse.testkit.OcspResponder;
import dev.gatehouse.testkit.OcspResponder.Mood;
import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TestCa.Draft;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS-30 to TLS-36. */
@Timeout(60)
class ClientCertificatesTest {
    private static final TestCa ROOT = TestCa.root("Clients Root");
    private static final TestCa MIDDLE = ROOT.authority("Clients Middle");
    private static final TestCa STRANGER = TestCa.root("Stranger");
    private static final TestCa NAMESAKE = TestCa.root("Clients Root");
    private static final OcspTransport NOBODY = (responder, request) -> {
        throw new AssertionError("no responder was to be asked");
    };

    private static final WebDocuments WEB = new WebDocuments("application/ocsp-response", 64 * 1024);
    private static final OcspTransport RESPONDERS =
            (responder, request) -> WEB.post(responder, "application/ocsp-request", request, Duration.ofSeconds(3));

    @AfterAll
    static void close() {
        WEB.close();
    }

    private static ClientCertificates judge(ClientAuthentication rules, OcspTransport transport, TestCa... uploaded)
            throws Exception {
        String pem = String.join("", Arrays.stream(uploaded).map(TestCa::pem).toList());
        String data = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        SslProfile profile =
                new SslProfile("profile", null, List.of(new TrustedClientCertificate("upload", data)), rules);
        TrustMaterial trust = new TrustMaterial(LocalSettings.DEFAULT, name -> null);
        return ClientCertificates.of(profile, trust, transport, Clock.systemUTC());
    }

    private static ClientAuthentication strict(boolean verifiesIssuer, Revocation revocation) {
        return new ClientAuthentication(Mode.STRICT, verifiesIssuer, revocation);
    }

    private static Draft client() {
        return new Draft("CN=client");
    }

    static Stream<Map.Entry<String, Supplier<List<X509Certificate>>>> chains() {
        Instant now = Instant.now();
        Instant before = now.minus(Duration.ofHours(1));
        TestCa expired = new Draft("CN=client").until(before).by(ROOT);
        return Map.<String, Supplier<List<X509Certificate>>>ofEntries(
                Map.entry("NONE", List::of),
                Map.entry("SUCCESS", () -> client().by(ROOT).chain()),
                Map.entry("SUCCESS 2", () -> client().by(MIDDLE).chain()),
                Map.entry(
                        "SUCCESS without the intermediate, which was uploaded",
                        () -> List.of(client().by(MIDDLE).certificate())),
                Map.entry(
                        "SUCCESS with the root and more",
                        () -> List.of(client().by(ROOT).certificate(), STRANGER.certificate(), ROOT.certificate())),
                Map.entry(
                        "SUCCESS for clients",
                        () -> client().purposes(KeyPurposeId.id_kp_clientAuth)
                                .usage(KeyUsage.digitalSignature)
                                .by(ROOT)
                                .chain()),
                Map.entry(
                        "FAILED:its chain leads to none of the profile's CAs: it ends at CN=Stranger",
                        () -> client().by(STRANGER).chain()),
                Map.entry(
                        "FAILED:its chain leads to none of the profile's CAs: it ends in CN=Stranger",
                        () -> List.of(client().by(STRANGER).certificate(), STRANGER.certificate())),
                Map.entry(
                        "FAILED:its chain leads to none of the profile's CAs: it ends in CN=Clients Root",
                        () -> client().by(NAMESAKE).chain()),
                Map.entry("FAILED:CN=client has expired", expired::chain),
                Map.entry(
                        "FAILED:CN=client is not yet valid",
                        () -> client().from(now.plus(Duration.ofHours(1)))
                                .by(ROOT)
                                .chain()),
                Map.entry(
                        "FAILED:it is not meant for clients",
                        () -> client().purposes(KeyPurposeId.id_kp_serverAuth)
                                .by(ROOT)
                                .chain()),
                Map.entry(
                        "FAILED:its key is not meant for signatures",
                        () -> client().usage(KeyUsage.keyEncipherment).by(ROOT).chain()),
                Map.entry(
                        "FAILED:its chain leads to none",
                        () -> List.of(client().by(client().by(ROOT)).certificate())))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("chains")
    void strictProfileTakesWhatLeadsToItsRoot(Map.Entry<String, Supplier<List<X509Certificate>>> expected)
            throws Exception {
        ClientCertificates judge = judge(strict(false, Revocation.NONE), NOBODY, ROOT, MIDDLE);
        String wanted = expected.getKey().startsWith("SUCCESS") ? "SUCCESS" : expected.getKey();

        assertThat(judge.judge(expected.getValue().get()).azureText()).startsWith(wanted);
    }

    @Test // TLS-35: the chain must be uploaded up to its root
    void intermediateAloneIsNoAnchor() throws Exception {
        ClientCertificates judge = judge(strict(false, Revocation.NONE), NOBODY, MIDDLE);

        assertThat(judge.judge(client().by(MIDDLE).chain()).kind()).isEqualTo(ClientVerdict.Kind.FAILED);
    }

    @ParameterizedTest // TLS-33
    @CsvSource({"true, MIDDLE, SUCCESS", "true, ROOT, FAILED:its issuer is CN=Clients Root", "false, ROOT, SUCCESS"})
    void issuerMayHaveToBeTheLastOfTheUpload(boolean verifies, String by, String expected) throws Exception {
        ClientCertificates judge = judge(strict(verifies, Revocation.NONE), NOBODY, ROOT, MIDDLE);
        TestCa issuer = by.equals("ROOT") ? ROOT : MIDDLE;

        assertThat(judge.judge(client().by(issuer).chain()).azureText()).startsWith(expected);
    }

    @Test // TLS-32
    void passthroughTellsAndRefusesNobody() throws Exception {
        ClientCertificates judge =
                judge(new ClientAuthentication(Mode.PASSTHROUGH, false, Revocation.NONE), NOBODY, ROOT);

        assertThat(judge.judge(client().by(STRANGER).chain()).azureText()).isEqualTo("FAILED:not verified");
        assertThat(judge.judge(List.of()).azureText()).isEqualTo("NONE");
    }

    @Test
    void strictProfileThatTrustsNobodyLetsNobodyIn() throws Exception {
        SslProfile profile = new SslProfile("bare", null, List.of(), strict(true, Revocation.NONE));
        TrustMaterial trust = new TrustMaterial(LocalSettings.DEFAULT, name -> null);
        ClientCertificates judge = ClientCertificates.of(profile, trust, NOBODY, Clock.systemUTC());

        assertThat(judge.judge(client().by(ROOT).chain()).azureText()).startsWith("FAILED:the profile trusts no CA");
    }

    @ParameterizedTest // TLS-34
    @CsvSource({
        "GOOD, SUCCESS",
        "REVOKED, FAILED:it was revoked",
        "UNKNOWN, FAILED:its OCSP responder's answer does not count",
        "STALE, FAILED:its OCSP responder's answer does not count",
        "HUGE, FAILED:its OCSP responder",
        "SLOW, FAILED:its OCSP responder",
        "DRIPPING, FAILED:its OCSP responder",
        "BROKEN, FAILED:its OCSP responder",
        "ELSEWHERE, FAILED:its OCSP responder"
    })
    void responderDecides(Mood mood, String expected) throws Exception {
        try (OcspResponder responder = OcspResponder.start()) {
            responder.says(mood, MIDDLE);
            ClientCertificates judge = judge(strict(false, Revocation.OCSP), RESPONDERS, ROOT, MIDDLE);
            List<X509Certificate> chain =
                    client().responder(responder.address()).by(MIDDLE).chain();
            long begun = System.nanoTime();

            assertThat(judge.judge(chain).azureText()).startsWith(expected);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(judge.judge(chain).azureText()).startsWith(expected);
            assertThat(responder.timesAsked()).as("remembered").isEqualTo(1);
        }
    }

    @Test // TLS-34: whoever signs must be the issuer, or whom it allows
    void answerOfAStrangerDoesNotCount() throws Exception {
        try (OcspResponder responder = OcspResponder.start()) {
            responder.says(Mood.GOOD, STRANGER);
            ClientCertificates judge = judge(strict(false, Revocation.OCSP), RESPONDERS, ROOT);

            assertThat(judge.judge(client().responder(responder.address())
                                    .by(ROOT)
                                    .chain())
                            .azureText())
                    .startsWith("FAILED:its OCSP responder's answer does not count");
        }
    }

    @Test
    void certificateWithoutResponderAndResponderThatIsGoneAreRefused() throws Exception {
        ClientCertificates judge = judge(strict(false, Revocation.OCSP), RESPONDERS, ROOT);

        assertThat(judge.judge(client().by(ROOT).chain()).azureText()).startsWith("FAILED:it names no OCSP responder");
        assertThat(judge.judge(client().responder("http://127.0.0.1:1/")
                                .by(ROOT)
                                .chain())
                        .azureText())
                .startsWith("FAILED:its OCSP responder http://127.0.0.1:1/ cannot be asked");
    }

    @Test
    void nobodyIsAskedAboutACertificateThatLeadsNowhere() throws Exception {
        try (OcspResponder responder = OcspResponder.start()) {
            responder.says(Mood.GOOD, STRANGER);
            ClientCertificates judge = judge(strict(false, Revocation.OCSP), RESPONDERS, ROOT);

            judge.judge(client().responder(responder.address()).by(STRANGER).chain());
            assertThat(responder.timesAsked()).isZero(); // a stranger must not choose whom we call
        }
    }

    @Test // TLS-31: what is uploaded may be the client's own; OCSP cannot tell of it
    void ownCertificateMayBeTheUpload() throws Exception {
        TestCa client = TestCa.selfSignedClient("itself", "http://127.0.0.1:1/");

        assertThat(judge(strict(false, Revocation.NONE), NOBODY, client)
                        .judge(client.chain())
                        .azureText())
                .isEqualTo("SUCCESS");
        assertThat(judge(strict(false, Revocation.OCSP), NOBODY, client)
                        .judge(client.chain())
                        .azureText())
                .startsWith("FAILED:it is itself what the profile trusts");
    }

    @Test // TLS-31
    void rootWhoseTimeIsOverIsNoRoot() throws Exception {
        TestCa old = TestCa.expiredRoot("Old Root", Instant.now().minusSeconds(60));

        assertThat(judge(strict(false, Revocation.NONE), NOBODY, old, ROOT)
                        .judge(client().by(old).chain())
                        .azureText())
                .startsWith("FAILED:its issuer CN=Old Root has expired");
        assertThat(judge(strict(false, Revocation.NONE), NOBODY, old)
                        .judge(old.chain())
                        .azureText())
                .startsWith("FAILED:");
    }

    @Test
    void portThatIsNoneIsNoAddress() throws Exception {
        ClientCertificates judge = judge(strict(false, Revocation.OCSP), RESPONDERS, ROOT);

        assertThat(judge.judge(client().responder("http://127.0.0.1:99999/")
                                .by(ROOT)
                                .chain())
                        .azureText())
                .startsWith("FAILED:it names no OCSP responder");
    }
}
