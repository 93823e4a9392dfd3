package dev.gatehouse.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Private keys with their chains, from PKCS#12 or as a pair. Stateless. */
final class PrivateKeys {
    private PrivateKeys() {}

    /** The first private key of a PKCS#12 file with its chain; empty if the file holds certificates alone. */
    static Optional<ListenerKey> fromPfx(byte[] file, String password) throws GeneralSecurityException, IOException {
        KeyStore pfx = open(file, password);
        for (String alias : Collections.list(pfx.aliases())) {
            if (pfx.isKeyEntry(alias) && pfx.getKey(alias, password.toCharArray()) instanceof PrivateKey key) {
                @Nullable Certificate[] chain = pfx.getCertificateChain(alias);
                if (chain == null || chain.length == 0) {
                    throw new GeneralSecurityException("the PFX holds a key but no certificate for it");
                }
                return Optional.of(ready(
                        key,
                        Arrays.stream(chain).map(X509Certificate.class::cast).toList()));
            }
        }
        return Optional.empty();
    }

    /** Key and chain, once they are known to belong together. */
    static ListenerKey ready(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        if (!fits(key, chain.get(0))) {
            throw new GeneralSecurityException("the private key is not the one of the first certificate ("
                    + chain.get(0).getSubjectX500Principal() + "); the leaf comes first");
        }
        return new ListenerKey.Ready(key, chain);
    }

    /** All certificates of a PKCS#12 file, those of its keys included. */
    static List<X509Certificate> certificates(byte[] file, String password)
            throws GeneralSecurityException, IOException {
        KeyStore pfx = open(file, password);
        List<X509Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(pfx.aliases())) {
            if (pfx.getCertificate(alias) instanceof X509Certificate certificate) {
                certificates.add(certificate);
            }
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return certificates;
    }

    /** The JDK's reader of PKCS#12 takes JKS files as well, so {@code pfx} may name either (CFG-21). */
    private static KeyStore open(byte[] file, String password) throws GeneralSecurityException, IOException {
        KeyStore pfx = KeyStore.getInstance("PKCS12");
        try {
            pfx.load(new ByteArrayInputStream(file), password.toCharArray());
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new PfxPasswordException(
                        password.isEmpty() ? "the PFX needs a password" : "the password does not open the PFX", e);
            }
            throw new GeneralSecurityException("it is no PFX (PKCS#12) file", e);
        }
        return pfx;
    }

    private static boolean fits(PrivateKey key, X509Certificate leaf) throws GeneralSecurityException {
        String publicAlgorithm = leaf.getPublicKey().getAlgorithm();
        if (!publicAlgorithm.equals(key.getAlgorithm())) {
            return false;
        }
        byte[] sample = new byte[32];
        new SecureRandom().nextBytes(sample);
        Signature signature = Signature.getInstance(
                switch (publicAlgorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicAlgorithm; // EdDSA: the key's own name is the algorithm's
                });
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(leaf.getPublicKey());
        signature.update(sample);
        return signature.verify(signed);
    }
}
