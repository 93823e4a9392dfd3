package dev.gatehouse.tls;

import dev.gatehouse.tls.BackendCertificateException.Fault;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a chain that was refused, told from the chain itself: the JVM's own words name neither the
 * certificate nor what it has. Confined to one handshake.
 */
final class ChainFaults {
    private final CertificateException refusal;
    private final List<X509Certificate> chain;
    private final List<X509Certificate> anchors;
    private final boolean hasOwnRoots;

    /**
     * Creates one.
     *
     * @param refusal what the check said
     * @param chain what the backend sent, at least one
     * @param anchors the roots that count
     * @param hasOwnRoots whether they were uploaded
     */
    ChainFaults(
            CertificateException refusal,
            List<X509Certificate> chain,
            List<X509Certificate> anchors,
            boolean hasOwnRoots) {
        this.refusal = refusal;
        this.chain = chain;
        this.anchors = anchors;
        this.hasOwnRoots = hasOwnRoots;
    }

    BackendCertificateException told(String wantedName) throws CertificateParsingException {
        // Of the JDK's checks and ours, only the one that compares names throws the bare class.
        boolean isAboutName = refusal.getClass() == CertificateException.class;
        Optional<BackendCertificateException> date = isAboutName ? Optional.empty() : date();
        if (date.isPresent()) {
            return date.get();
        }
        Optional<BackendCertificateException> order = leaf();
        if (order.isPresent()) {
            return order.get();
        }
        if (isAboutName) {
            List<String> names = CertificateNames.of(chain.get(0));
            return fault(
                    Fault.NAME,
                    "is not for the name " + wantedName + ": it is for "
                            + (names.isEmpty() ? "no name" : String.join(", ", names)));
        }
        return isUntrusted() ? untrusted() : fault(Fault.OTHER, "was not accepted: " + refusal.getMessage());
    }

    private BackendCertificateException fault(Fault fault, String predicate) {
        return new BackendCertificateException(fault, predicate, refusal);
    }

    private Optional<BackendCertificateException> date() {
        Instant now = Instant.now(); // the JVM's check that led here asks the same clock
        for (X509Certificate certificate : chain) {
            String whose = certificate.equals(chain.get(0)) ? "" : "has an issuer, " + name(certificate) + ", that ";
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return Optional.of(fault(
                        Fault.DATE,
                        whose + "has expired: it was valid until "
                                + certificate.getNotAfter().toInstant()));
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return Optional.of(fault(
                        Fault.DATE,
                        whose + "is not yet valid: it will be from "
                                + certificate.getNotBefore().toInstant()));
            }
        }
        return Optional.empty();
    }

    /** A chain that begins with an issuer. One that issued itself is a server's own all the same. */
    private Optional<BackendCertificateException> leaf() {
        X509Certificate first = chain.get(0);
        if (!isIssuer(first)) {
            return Optional.empty();
        }
        Optional<X509Certificate> leaf =
                chain.stream().filter(certificate -> !isIssuer(certificate)).findFirst();
        if (leaf.isPresent()) {
            return Optional.of(fault(
                    Fault.LEAF_NOT_FIRST,
                    "is not the first that it sends: " + name(first) + ", an issuer, comes before "
                            + name(leaf.get())));
        }
        return isSelfIssued(first)
                ? Optional.empty()
                : Optional.of(
                        fault(Fault.LEAF_MISSING, "is missing: it sends only issuers, " + name(first) + " first"));
    }

    private BackendCertificateException untrusted() {
        X509Certificate last = last();
        String roots = hasOwnRoots
                ? "leads to none of the trustedRootCertificates of its settings"
                : "leads to no public root, and its settings have no trustedRootCertificates";
        if (isSelfIssued(last)) {
            return fault(root(), roots + ": it ends in " + name(last));
        }
        String issuer = last.getIssuerX500Principal().getName();
        boolean isNamesake = anchors.stream()
                .anyMatch(anchor -> anchor.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
        if (isNamesake) {
            return fault(root(), roots + ": the root " + issuer + " is there, but with another key");
        }
        return fault(
                Fault.INTERMEDIATE_MISSING,
                roots + ": it sends no certificate of its issuer " + issuer
                        + "; that is an intermediate that is missing, or a root that is not known here");
    }

    private Fault root() {
        return hasOwnRoots ? Fault.NOT_UPLOADED : Fault.NOT_PUBLIC;
    }

    /** As far as the chain leads up. */
    private X509Certificate last() {
        X509Certificate last = chain.get(0);
        for (int step = 0; step < chain.size() && !isSelfIssued(last); step++) {
            X509Certificate at = last;
            last = chain.stream()
                    .filter(above -> above.getSubjectX500Principal().equals(at.getIssuerX500Principal()))
                    .findFirst()
                    .orElse(at);
        }
        return last;
    }

    // A root of the right name with another key is a wrong root too.
    private boolean isUntrusted() {
        return causes().anyMatch(cause -> cause instanceof CertPathBuilderException
                || (cause instanceof CertPathValidatorException invalid
                        && invalid.getReason() == BasicReason.INVALID_SIGNATURE));
    }

    private Stream<Throwable> causes() {
        return Stream.<@Nullable Throwable>iterate(refusal, Throwable::getCause)
                .takeWhile(cause -> cause != null)
                .map(Throwable.class::cast);
    }

    private static boolean isIssuer(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
