package dev.gatehouse.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the responder that a client's certificate names whether it was revoked (TLS-34). The JDK judges the answer:
 * signature, authority, time; the asking is ours, so that it has limits. Immutable, thread-safe.
 */
final class OcspCheck {
    private static final int[] SHA_1 = {1, 3, 14, 3, 2, 26};

    private final OcspTransport transport;
    private final Clock clock;

    /**
     * What was found.
     *
     * @param words why it is not good; empty if it is
     * @param isFinal whether asking again would change nothing
     */
    record Answer(String words, boolean isFinal) {
        private static final Answer GOOD = new Answer("", true);

        boolean isGood() {
            return words.isEmpty();
        }
    }

    OcspCheck(OcspTransport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /** Asks about the first certificate of a path that was found. */
    Answer ask(ClientPaths.Found found) {
        if (found.isTrustedItself()) {
            return new Answer("it is itself what the profile trusts, so nobody can tell whether it was revoked", true);
        }
        X509Certificate leaf = found.certificates().get(0);
        Optional<URI> responder = AuthorityAccess.ocsp(leaf);
        if (responder.isEmpty()) {
            return new Answer("it names no OCSP responder, so nobody can tell whether it was revoked", true);
        }
        try {
            byte[] answer = transport.ask(responder.get(), request(leaf, Objects.requireNonNull(found.issuer())));
            judge(found, leaf, answer);
            return Answer.GOOD;
        } catch (IOException e) {
            return new Answer("its OCSP responder " + responder.get() + " cannot be asked: " + e.getMessage(), false);
        } catch (CertPathValidatorException e) {
            return e.getReason() == BasicReason.REVOKED
                    ? new Answer("it was revoked: " + e.getMessage(), true)
                    : new Answer("its OCSP responder's answer does not count: " + e.getMessage(), false);
        } catch (GeneralSecurityException e) {
            return new Answer("its OCSP responder's answer cannot be judged: " + e.getMessage(), false);
        }
    }

    private void judge(ClientPaths.Found found, X509Certificate leaf, byte[] answer) throws GeneralSecurityException {
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(EnumSet.of(Option.ONLY_END_ENTITY, Option.NO_FALLBACK));
        checker.setOcspResponses(Map.of(leaf, answer));
        TrustAnchor anchor = Objects.requireNonNull(found.anchor());
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setDate(Date.from(clock.instant()));
        parameters.setRevocationEnabled(true);
        parameters.addCertPathChecker(checker);
        validator.validate(Objects.requireNonNull(found.path()), parameters);
    }

    /** RFC 6960 §4.1.1, without the optional parts. */
    static byte[] request(X509Certificate leaf, X509Certificate issuer) throws GeneralSecurityException {
        MessageDigest digest =
                MessageDigest.getInstance("SHA-1"); // what every responder knows; no security rests on it
        byte[] nameHash = digest.digest(issuer.getSubjectX500Principal().getEncoded());
        byte[] keyHash =
                digest.digest(AuthorityAccess.keyBits(issuer.getPublicKey().getEncoded()));
        BigInteger serial = leaf.getSerialNumber();
        byte[] id = Der.sequence(
                Der.sequence(Der.oid(SHA_1), Der.none()),
                Der.octets(nameHash),
                Der.octets(keyHash),
                Der.integer(serial));
        return Der.sequence(Der.sequence(Der.sequence(Der.sequence(id))));
    }
}
