package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.tls.CertificateFindings;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Certificates whose time is over or has not come (VAL-36). Confined to one load. */
final class Dates {
    private final Instant now;
    private final Problems problems;

    Dates(Instant now, Problems problems) {
        this.now = now;
        this.problems = problems;
    }

    void check(List<X509Certificate> chain, Place place) {
        CertificateFindings.expired(chain, now)
                .ifPresent(certificate -> warn(
                        place,
                        certificate,
                        "expired on " + certificate.getNotAfter().toInstant()));
        CertificateFindings.early(chain, now)
                .ifPresent(certificate -> warn(
                        place,
                        certificate,
                        "is not valid before " + certificate.getNotBefore().toInstant()));
    }

    private void warn(Place place, X509Certificate certificate, String what) {
        problems.warn(
                "VAL-36",
                Kind.RANGE,
                place,
                "the certificate of " + certificate.getSubjectX500Principal().getName() + " " + what + ".",
                "Replace it by a valid one.");
    }
}
