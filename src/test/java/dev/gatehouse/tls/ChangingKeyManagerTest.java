package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangingKeyManagerTest {
    @Test
    void handshakeThatChoseItsKeyBeforeAChangeEndsWithThatKey() throws Exception {
        SelfSignedCertificate one = Samples.made(KeyType.EC_P256, "one.example");
        SelfSignedCertificate two = Samples.made(KeyType.EC_P256, "two.example");
        ChangingKeyManager keys = new ChangingKeyManager(of(one));
        String before = keys.chooseEngineServerAlias("EC", null, null);
        keys.become(of(two));
        String after = keys.chooseEngineServerAlias("EC", null, null);

        assertThat(keys.getPrivateKey(before)).isEqualTo(one.privateKey());
        assertThat(keys.getCertificateChain(before)).containsExactly(one.certificate());
        assertThat(keys.getPrivateKey(after)).isEqualTo(two.privateKey());
        assertThat(keys.getCertificateChain(after)).containsExactly(two.certificate());
    }

    @Test
    void keysOfTwoChangesAgoAreForgotten() throws Exception {
        ChangingKeyManager keys = new ChangingKeyManager(of(Samples.made(KeyType.EC_P256)));
        String first = keys.getServerAliases("EC", null)[0];
        keys.become(of(Samples.made(KeyType.EC_P256)));
        keys.become(of(Samples.made(KeyType.EC_P256)));

        assertThat(keys.getPrivateKey(first)).isNull();
        assertThat(keys.getCertificateChain(first)).isNull();
    }

    @Test
    void otherKindOfKeyReplacesTheFirst() throws Exception {
        ChangingKeyManager keys = new ChangingKeyManager(of(Samples.made(KeyType.EC_P256)));
        keys.become(of(Samples.made(KeyType.RSA_2048)));

        assertThat(keys.chooseEngineServerAlias("EC", null, null)).isNull();
        assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNotNull();
        assertThat(keys.getServerAliases("EC", null)).isNull();
    }

    private static SniKeyManager of(SelfSignedCertificate made) {
        return new SniKeyManager(List.of(new SniKeyManager.Entry(
                Samples.listener("site", new SslCertificate("site", null, null, null)),
                new ListenerKey.Ready(made.privateKey(), List.of(made.certificate())))));
    }
}
