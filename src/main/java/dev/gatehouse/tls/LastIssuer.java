package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The issuer that clients' certificates must have: the last CA of the longest chain that was uploaded (TLS-33). Stateless. */
final class LastIssuer {
    private LastIssuer() {}

    /** Empty if nothing was uploaded. */
    static Optional<X500Principal> of(List<X509Certificate> uploaded) {
        Optional<X509Certificate> last = Optional.empty();
        int longest = 0;
        for (X509Certificate each : uploaded) {
            int depth = depth(each, uploaded);
            if (depth > longest) { // of equal lengths the first counts
                longest = depth;
                last = Optional.of(each);
            }
        }
        return last.map(X509Certificate::getSubjectX500Principal);
    }

    private static int depth(X509Certificate certificate, List<X509Certificate> uploaded) {
        List<X509Certificate> seen = new ArrayList<>(List.of(certificate));
        X509Certificate at = certificate;
        while (seen.size() <= uploaded.size()) {
            X500Principal issuer = at.getIssuerX500Principal();
            X509Certificate above = uploaded.stream()
                    .filter(each -> each.getSubjectX500Principal().equals(issuer) && !seen.contains(each))
                    .findFirst()
                    .orElse(at);
            if (above.equals(at)) {
                return seen.size();
            }
            seen.add(above);
            at = above;
        }
        return seen.size();
    }
}
