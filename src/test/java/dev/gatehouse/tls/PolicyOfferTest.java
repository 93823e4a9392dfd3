package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.PredefinedSslPolicy;
import dev.gatehouse.model.SslPolicy;
import dev.gatehouse.model.TlsVersion;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyOfferTest {
    private static final String RSA_GCM = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    private static final JvmTls JVM = new JvmTls(
            "17",
            Set.of("TLSv1.3", "TLSv1.2"),
            CipherSuites.all().stream().filter(name -> !name.contains("3DES")).collect(Collectors.toSet()));

    @Test
    void defaultPolicyIsWhatListenersOfferToday() { // CFG-18
        PolicyOffer offer = PolicyOffer.of(SslPolicy.DEFAULT, false, JVM);

        assertThat(offer.wanted()).isEqualTo(ListenerTls.DEFAULT);
        assertThat(offer.possible()).isEqualTo(ListenerTls.DEFAULT);
        assertThat(offer.missing()).isEmpty();
    }

    @ParameterizedTest // counts of tls.md section 3, DHE left out on v2
    @CsvSource({
        "APP_GW_20150501, false, 19, 0, TLSv1.2 TLSv1.1 TLSv1",
        "APP_GW_20150501, true, 28, 0, TLSv1.2 TLSv1.1 TLSv1",
        "APP_GW_20170401, false, 16, 0, TLSv1.2 TLSv1.1",
        "APP_GW_20170401S, false, 16, 0, TLSv1.2",
        "APP_GW_20220101, false, 8, 2, TLSv1.3 TLSv1.2",
        "APP_GW_20220101S, false, 4, 2, TLSv1.3 TLSv1.2",
    })
    void predefinedPolicyHoldsTheSuitesOfTheTable(
            PredefinedSslPolicy name, boolean isV1, int older, int newest, String versions) {
        ListenerTls wanted =
                PolicyOffer.of(SslPolicy.predefined(name), isV1, JVM).wanted();

        assertThat(wanted.tls12Suites()).hasSize(older);
        assertThat(wanted.tls13Suites()).hasSize(newest);
        assertThat(wanted.protocols()).containsExactly(versions.split(" ", -1));
    }

    @Test
    void policyOf2017BeginsAsAzurePublishedIt() {
        ListenerTls wanted = PolicyOffer.of(SslPolicy.predefined(PredefinedSslPolicy.APP_GW_20170401), false, JVM)
                .wanted();

        assertThat(wanted.tls12Suites())
                .startsWith("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        assertThat(wanted.tls12Suites().get(6)).isEqualTo(RSA_GCM);
    }

    @Test
    void whatTheJvmKeepsQuietAboutIsNamed() { // TLS-21
        SslPolicy policy = custom(SslPolicy.Type.CUSTOM, TlsVersion.TLS_1_1, RSA_GCM, "TLS_RSA_WITH_3DES_EDE_CBC_SHA");

        PolicyOffer offer = PolicyOffer.of(policy, false, JVM);

        assertThat(offer.missing()).containsExactly("TLSv1_1", "TLS_RSA_WITH_3DES_EDE_CBC_SHA");
        assertThat(offer.possible().protocols()).containsExactly("TLSv1.2");
        assertThat(offer.possible().tls12Suites()).containsExactly(RSA_GCM);
    }

    @Test
    void suitesOf3desAreFoundUnderTheJvmsOldName() { // TLS-21
        JvmTls old = new JvmTls("8", Set.of("TLSv1.2"), Set.of("SSL_RSA_WITH_3DES_EDE_CBC_SHA"));
        SslPolicy policy = custom(SslPolicy.Type.CUSTOM, TlsVersion.TLS_1_2, "TLS_RSA_WITH_3DES_EDE_CBC_SHA");

        assertThat(PolicyOffer.of(policy, false, old).missing()).isEmpty();
    }

    @Test
    void suitesOfTls13AreAlwaysOnWithCustomV2() { // TLS-20
        PolicyOffer bare = PolicyOffer.of(custom(SslPolicy.Type.CUSTOM_V2, TlsVersion.TLS_1_3), false, JVM);
        PolicyOffer ranked = PolicyOffer.of(
                custom(SslPolicy.Type.CUSTOM_V2, TlsVersion.TLS_1_2, "TLS_AES_128_GCM_SHA256", RSA_GCM), false, JVM);

        assertThat(bare.possible().protocols()).containsExactly("TLSv1.3");
        assertThat(bare.possible().tls13Suites()).hasSize(2);
        assertThat(ranked.possible().tls13Suites()).containsExactly("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");
        assertThat(ranked.possible().tls12Suites()).containsExactly(RSA_GCM);
    }

    @Test
    void versionWithoutASuiteIsNotOffered() {
        PolicyOffer offer = PolicyOffer.of(custom(SslPolicy.Type.CUSTOM_V2, TlsVersion.TLS_1_2), false, JVM);
        PolicyOffer none =
                PolicyOffer.of(custom(SslPolicy.Type.CUSTOM, TlsVersion.TLS_1_2, "TLS_AES_128_GCM_SHA256"), false, JVM);

        assertThat(offer.possible().protocols()).containsExactly("TLSv1.3");
        assertThat(offer.isUsable()).isTrue();
        assertThat(none.isUsable()).isFalse();
    }

    @Test
    void disabledVersionIsLeftOutOfAnyPolicy() {
        SslPolicy policy = new SslPolicy(
                SslPolicy.Type.PREDEFINED,
                PredefinedSslPolicy.APP_GW_20220101,
                null,
                List.of(),
                Set.of(TlsVersion.TLS_1_2));

        assertThat(PolicyOffer.of(policy, false, JVM).wanted().protocols()).containsExactly("TLSv1.3");
    }

    @Test
    void runningJvmOffersTheDefaultPolicyWhole() {
        assertThat(PolicyOffer.of(SslPolicy.DEFAULT, false, JvmTls.running()).missing())
                .isEmpty();
        assertThat(JvmTls.running().protocols()).doesNotContain("TLSv1", "SSLv3");
    }

    private static SslPolicy custom(SslPolicy.Type type, TlsVersion oldest, String... suites) {
        return new SslPolicy(type, null, oldest, List.of(suites), Set.of());
    }

    @Test // TLS-21
    void keyThatNoSuiteCanUseIsObjectedTo() throws Exception {
        PublicKey ec = Samples.made(KeyType.EC_P256).certificate().getPublicKey();
        PublicKey rsa = Samples.made(KeyType.RSA_2048).certificate().getPublicKey();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(512);
        PublicKey tiny = generator.generateKeyPair().getPublic();
        ListenerTls forRsa =
                new ListenerTls(List.of("TLSv1.2"), List.of(), List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
        ListenerTls forEc =
                new ListenerTls(List.of("TLSv1.2"), List.of(), List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));

        assertThat(forRsa.objection(rsa)).isEmpty();
        assertThat(forRsa.objection(ec).orElseThrow()).contains("its key is for EC");
        assertThat(forEc.objection(ec)).isEmpty();
        assertThat(forEc.objection(rsa).orElseThrow()).contains("its key is for RSA");
        assertThat(ListenerTls.DEFAULT.objection(tiny).orElseThrow()).contains("512 bits");
    }
}
