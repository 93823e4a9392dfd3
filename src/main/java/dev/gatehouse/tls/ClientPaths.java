package dev.gatehouse.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads clients' certificates to the roots that a profile trusts; what was uploaded between leaf and root helps, whether
 * the client sends it or not (TLS-31). Immutable, thread-safe.
 */
final class ClientPaths {
    private static final String ANY_USE = "2.5.29.37.0";
    private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";
    private static final int MOST_SENT = 10; // a client chooses what it sends, and every one costs

    private final List<X509Certificate> uploaded;
    private final List<X509Certificate> roots;
    private final Clock clock;

    /**
     * What was found.
     *
     * @param path from the leaf to below the root; absent with a fault
     * @param issuer who issued the leaf; absent with a fault
     * @param anchor where the path ends; absent with a fault
     * @param fault why there is no path, in plain words
     */
    record Found(
            @Nullable CertPath path,
            @Nullable X509Certificate issuer,
            @Nullable TrustAnchor anchor,
            Optional<String> fault) {
        /** When the first certificate of the path or its root ends. */
        Instant end() {
            Stream<X509Certificate> root = Stream.ofNullable(anchor).map(TrustAnchor::getTrustedCert);
            return Stream.concat(certificates().stream(), root)
                    .map(certificate -> certificate.getNotAfter().toInstant())
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
        }

        /** Whether the profile trusts the client's certificate itself, so that there is no path to it. */
        boolean isTrustedItself() {
            return path != null && path.getCertificates().isEmpty();
        }

        List<X509Certificate> certificates() {
            return path == null
                    ? List.of()
                    : path.getCertificates().stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        }
    }

    ClientPaths(List<X509Certificate> uploaded, Clock clock) {
        this.uploaded = List.copyOf(uploaded);
        this.roots = uploaded.stream().filter(ClientPaths::isSelfIssued).toList();
        this.clock = clock;
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Why a certificate is none for clients; empty if it is (RFC 5280 §4.2.1.3, §4.2.1.12). */
    static Optional<String> misuse(X509Certificate leaf) {
        boolean @Nullable [] use = leaf.getKeyUsage();
        if (use != null && !use[0]) {
            return Optional.of("its key is not meant for signatures");
        }
        try {
            @Nullable List<String> uses = leaf.getExtendedKeyUsage();
            boolean isForClients = uses == null || uses.contains(CLIENT_USE) || uses.contains(ANY_USE);
            return isForClients ? Optional.empty() : Optional.of("it is not meant for clients");
        } catch (CertificateParsingException e) {
            return Optional.of("what it is meant for cannot be read");
        }
    }

    Found of(List<X509Certificate> chain) {
        X509Certificate leaf = chain.get(0);
        Optional<String> date = date(List.of(leaf));
        if (date.isPresent()) {
            return fault(date.get());
        }
        try {
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters(chain));
            List<?> path = result.getCertPath().getCertificates();
            X509Certificate issuer = path.size() > 1
                    ? (X509Certificate) path.get(1)
                    : result.getTrustAnchor().getTrustedCert();
            return new Found(result.getCertPath(), issuer, result.getTrustAnchor(), Optional.empty());
        } catch (CertPathBuilderException | InvalidAlgorithmParameterException e) {
            return fault(why(chain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PKIX: absent (expected: in every Java)", e);
        }
    }

    private static Found fault(String words) {
        return new Found(null, null, null, Optional.of(words));
    }

    private PKIXBuilderParameters parameters(List<X509Certificate> chain) throws GeneralSecurityException {
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain.get(0));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(), leaf);
        List<X509Certificate> between = new ArrayList<>(chain.subList(0, Math.min(chain.size(), MOST_SENT)));
        between.addAll(uploaded);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
        parameters.setRevocationEnabled(false); // OCSP is asked apart, and only of the leaf (TLS-34)
        parameters.setDate(Date.from(clock.instant()));
        return parameters;
    }

    // PKIX does not look at their dates.
    private Set<TrustAnchor> anchors() {
        return roots.stream()
                .filter(root -> date(List.of(root)).isEmpty())
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<String> date(List<X509Certificate> certificates) {
        Instant now = clock.instant();
        Optional<String> late = CertificateFindings.expired(certificates, now)
                .map(old -> name(old) + " has expired: it was valid until "
                        + old.getNotAfter().toInstant());
        return late.or(() -> CertificateFindings.early(certificates, now)
                .map(early -> name(early) + " is not yet valid: it will be from "
                        + early.getNotBefore().toInstant()));
    }

    private String why(List<X509Certificate> chain) {
        if (roots.isEmpty()) {
            return "the profile trusts no CA with a self-issued root";
        }
        List<X509Certificate> all = new ArrayList<>(chain);
        all.addAll(uploaded);
        X509Certificate last = chain.get(0);
        for (int step = 0; step < all.size() && !isSelfIssued(last); step++) {
            X509Certificate at = last;
            last = all.stream()
                    .filter(above -> above.getSubjectX500Principal().equals(at.getIssuerX500Principal()))
                    .findFirst()
                    .orElse(at);
        }
        Optional<String> date = date(List.of(last));
        if (date.isPresent()) {
            return "its issuer " + date.get();
        }
        String end = isSelfIssued(last)
                ? "ends in " + name(last)
                : "ends at " + last.getIssuerX500Principal().getName() + ", whose certificate is missing";
        return "its chain leads to none of the profile's CAs: it " + end + "; trusted are "
                + roots.stream().map(ClientPaths::name).sorted().collect(Collectors.joining(", "));
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
