package dev.gatehouse.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.List;

/** A certificate in the words of log lines and reports. Stateless. */
public final class CertificateText {
    private CertificateText() {}

    /**
     * Whose it is, what it stands for, how long.
     *
     * @param leaf a server's certificate
     * @return for example {@code CN=shop (shop.example, *.shop.example), valid until 2027-03-01}
     */
    public static String of(X509Certificate leaf) {
        List<String> names = names(leaf);
        return leaf.getSubjectX500Principal().getName()
                + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")")
                + ", valid until "
                + leaf.getNotAfter().toInstant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static List<String> names(X509Certificate leaf) {
        try {
            return CertificateNames.of(leaf);
        } catch (CertificateParsingException e) {
            return List.of("names that cannot be read");
        }
    }
}
