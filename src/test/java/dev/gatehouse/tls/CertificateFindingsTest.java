package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFindingsTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest // VAL-36; a wildcard is one label (TLS-3)
    @CsvSource({
        "www.example.com, true",
        "WWW.Example.com, true",
        "a.shop.example, true",
        "*.shop.example, true",
        "w??.shop.example, true",
        "a.b.shop.example, false",
        "shop.example, false",
        "*.example, false",
        "*.shop.*, false",
        "other.example, false",
    })
    void nameIsCoveredAsClientsSeeIt(String host, boolean isCovered) throws Exception {
        X509Certificate leaf = made("www.example.com", "*.shop.example");

        assertThat(CertificateFindings.uncovered(leaf, List.of(host)).isEmpty()).isEqualTo(isCovered);
    }

    @Test
    void datesAreThoseOfTheClockGiven() throws Exception {
        List<X509Certificate> chain = List.of(made("www.example.com"));

        assertThat(CertificateFindings.expired(chain, MADE)).isEmpty();
        assertThat(CertificateFindings.early(chain, MADE)).isEmpty();
        assertThat(CertificateFindings.expired(chain, MADE.plus(Duration.ofDays(398))))
                .isPresent();
        assertThat(CertificateFindings.early(chain, MADE.minus(Duration.ofDays(1))))
                .isPresent();
    }

    @Test
    void selfSignedCertificateIsItsOwnRoot() throws Exception { // VAL-35
        X509Certificate root = made("a.example");

        assertThat(CertificateFindings.loose(List.of(root))).isEmpty();
        assertThat(CertificateFindings.loose(List.of())).isEmpty();
    }

    private static X509Certificate made(String... hosts) throws Exception {
        return SelfSignedCertificate.create(KeyType.EC_P256, List.of(hosts), MADE)
                .certificate();
    }
}
