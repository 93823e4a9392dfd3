package dev.gatehouse.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be told of certificates by looking at them: dates, names, whether a chain ends in a root. Stateless. */
public final class CertificateFindings {
    private CertificateFindings() {}

    /**
     * The first certificate whose time is over.
     *
     * @param chain certificates
     * @param now by this clock
     * @return the first, in the order given
     */
    public static Optional<X509Certificate> expired(List<X509Certificate> chain, Instant now) {
        return chain.stream()
                .filter(certificate -> certificate.getNotAfter().toInstant().isBefore(now))
                .findFirst();
    }

    /**
     * The first certificate whose time has not come.
     *
     * @param chain certificates
     * @param now by this clock
     * @return the first, in the order given
     */
    public static Optional<X509Certificate> early(List<X509Certificate> chain, Instant now) {
        return chain.stream()
                .filter(certificate -> certificate.getNotBefore().toInstant().isAfter(now))
                .findFirst();
    }

    /**
     * The host names that clients would not accept the certificate for: a wildcard stands for one label, the CN counts
     * where there is no SAN (RFC 6125 §6.4).
     *
     * @param leaf the certificate
     * @param hostNames names of a listener, patterns included
     * @return those not covered; all of them if the certificate's names cannot be read
     */
    public static List<String> uncovered(X509Certificate leaf, List<String> hostNames) {
        return hostNames.stream().filter(name -> !covers(leaf, name)).toList();
    }

    /**
     * The certificate at which a chain stops short of a root.
     *
     * @param file certificates in any order
     * @return the first one whose issuer is missing; empty if every one leads to a self-signed root
     */
    public static Optional<X509Certificate> loose(List<X509Certificate> file) {
        return file.stream()
                .filter(certificate -> file.stream().noneMatch(other -> isIssuedBy(certificate, other)))
                .findFirst();
    }

    private static boolean covers(X509Certificate leaf, String name) {
        try {
            return CertificateNames.covers(leaf, name);
        } catch (CertificateParsingException e) {
            return false; // names that we cannot read, no client can
        }
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another key of the same name
        }
    }
}
