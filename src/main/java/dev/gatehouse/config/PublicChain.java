package dev.gatehouse.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The public half of a PFX, as Azure's own export prints it beside a certificate's name. Stateless. */
final class PublicChain {
    private PublicChain() {}

    /** Base64 of the chain as PKCS#7; empty if the certificate has no data or the data cannot be opened. */
    static Optional<String> of(ConfigObject certificate) {
        char[] password = certificate.replaceableText("password").orElse("").toCharArray();
        return certificate.replaceableText("data").flatMap(data -> chain(data, password));
    }

    private static Optional<String> chain(String data, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Base64.getMimeDecoder().decode(data)), password);
            for (String alias : Collections.list(store.aliases())) {
                Certificate @Nullable [] chain = store.getCertificateChain(alias);
                if (store.isKeyEntry(alias) && chain != null) {
                    byte[] encoded = CertificateFactory.getInstance("X.509")
                            .generateCertPath(List.of(chain))
                            .getEncoded("PKCS7");
                    return Optional.of(Base64.getEncoder().encodeToString(encoded));
                }
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // Not ours to complain of: an unreadable PFX is a problem of the load, and the export goes without.
            return Optional.empty();
        }
    }
}
