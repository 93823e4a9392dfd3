package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfSignedKeysTest {
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final List<String> NAMES = List.of("a.example", "*.a.example");

    @ParameterizedTest
    @CsvSource({
        "site, a.example;*.a.example, 1, true",
        "SITE, A.example;*.a.example, 1, true",
        "site, a.example;*.a.example, 360, true",
        "site, a.example;*.a.example, 380, false", // 397 days less 30
        "other, a.example;*.a.example, 1, false",
        "site, a.example, 1, false",
        "site, *.a.example;a.example, 1, false",
    })
    void nextConfigurationKeepsTheKeyOfTheSameNames(String name, String hostNames, int days, boolean isKept)
            throws Exception {
        SelfSignedKeys first = SelfSignedKeys.none();
        ListenerKey.Ready made = first.key(certificate("site"), NAMES, KeyType.EC_P256, START);
        SelfSignedKeys second = first.next();

        ListenerKey.Ready next = second.key(
                certificate(name), List.of(hostNames.split(";")), KeyType.EC_P256, START.plus(Duration.ofDays(days)));
        assertThat(next.equals(made)).isEqualTo(isKept);
    }

    @Test
    void keyThatAConfigurationDidNotAskForIsForgotten() throws Exception {
        SelfSignedKeys first = SelfSignedKeys.none();
        ListenerKey.Ready made = first.key(certificate("site"), NAMES, KeyType.EC_P256, START);
        SelfSignedKeys without = first.next();
        SelfSignedKeys third = without.next();

        assertThat(third.key(certificate("site"), NAMES, KeyType.EC_P256, START))
                .isNotEqualTo(made);
    }

    @Test
    void listenersThatShareNameAndHostsShareTheKey() throws Exception {
        SelfSignedKeys keys = SelfSignedKeys.none();

        assertThat(keys.key(certificate("site"), NAMES, KeyType.EC_P256, START))
                .isEqualTo(keys.key(certificate("site"), NAMES, KeyType.EC_P256, START));
    }

    private static SslCertificate certificate(String name) {
        return new SslCertificate(name, null, null, null);
    }
}
