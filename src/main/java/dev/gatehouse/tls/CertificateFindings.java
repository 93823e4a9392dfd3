package dev.gatehouse.tls;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** What can be told of certificates by looking at them: dates, names, whether a chain ends in a root. Stateless. */
public final class CertificateFindings {
    // An authority renews its key a few times; beyond that the name has to do, since every check costs up to a
    // millisecond.
    private static final int MOST_KEYS_OF_ONE_NAME = 16;

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
     * @return the first one whose issuer is missing; empty if every one leads to a self-issued root
     */
    public static Optional<X509Certificate> loose(List<X509Certificate> file) {
        // A signature is checked only against keys of the issuer's name: all with all would square the work.
        Map<X500Principal, Set<PublicKey>> keys = new HashMap<>();
        for (X509Certificate certificate : file) {
            keys.computeIfAbsent(certificate.getSubjectX500Principal(), name -> new LinkedHashSet<>())
                    .add(certificate.getPublicKey());
        }
        return file.stream()
                .filter(certificate ->
                        !isAnchored(certificate, keys.getOrDefault(certificate.getIssuerX500Principal(), Set.of())))
                .findFirst();
    }

    private static boolean isAnchored(X509Certificate certificate, Set<PublicKey> issuers) {
        // RFC 5280 §6.1: a trust anchor is a name and a key; nobody checks the signature it gave itself.
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
                || issuers.size() > MOST_KEYS_OF_ONE_NAME
                || issuers.stream().anyMatch(key -> isSigned(certificate, key));
    }

    private static boolean covers(X509Certificate leaf, String name) {
        try {
            return CertificateNames.covers(leaf, name);
        } catch (CertificateParsingException e) {
            return false; // names that we cannot read, no client can
        }
    }

    private static boolean isSigned(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another key of the same name
        }
    }
}
