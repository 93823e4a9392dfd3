package dev.gatehouse.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The DNS names a certificate stands for: SANs, or the CN where there are none (RFC 6125 §6.4). Stateless. */
public final class CertificateNames {
    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    /**
     * The host names of a certificate.
     *
     * @param certificate a server's
     * @return lower case, wildcards included; the CN where there is no subject alternative name (TLS-43)
     * @throws CertificateParsingException if they cannot be read
     */
    public static List<String> of(X509Certificate certificate) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        @Nullable Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (Integer.valueOf(DNS_NAME).equals(alternative.get(0))) {
                    names.add(((String) alternative.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        }
        return alternatives == null ? commonName(certificate) : names;
    }

    static boolean covers(X509Certificate certificate, String host) throws CertificateParsingException {
        String wanted = host.toLowerCase(Locale.ROOT);
        for (String name : of(certificate)) {
            if (name.equals(wanted) || name.startsWith("*.") && isOneLabelBelow(wanted, name.substring(1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneLabelBelow(String host, String suffix) {
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(suffix);
    }

    private static List<String> commonName(X509Certificate certificate) throws CertificateParsingException {
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    return List.of(rdn.getValue().toString().toLowerCase(Locale.ROOT));
                }
            }
            return List.of();
        } catch (InvalidNameException e) {
            throw new CertificateParsingException("subject: " + e.getMessage(), e);
        }
    }
}
