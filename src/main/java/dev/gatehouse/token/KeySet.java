package dev.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that an issuer publishes (RFC 7517): those that can sign what is accepted here. Immutable. */
final class KeySet {
    private static final int LEAST_RSA_BITS = 2048; // RFC 7518 §3.3

    /**
     * One key.
     *
     * @param id {@code kid}; absent if it has none
     * @param algorithm the one algorithm it is for; absent for any
     * @param issuer whose tokens it may sign, as Entra notes it, with {@code {tenantid}} for any tenant; absent for all
     */
    record IssuerKey(
            PublicKey publicKey,
            @Nullable String id,
            @Nullable String algorithm,
            @Nullable String issuer) {}

    private final List<IssuerKey> keys;

    private KeySet(List<IssuerKey> keys) {
        this.keys = List.copyOf(keys);
    }

    static KeySet parse(byte[] text) throws IOException {
        try {
            Map<String, Object> root = JSONObjectUtils.parse(new String(text, StandardCharsets.UTF_8));
            Map<String, Object>[] entries = JSONObjectUtils.getJSONObjectArray(root, "keys");
            if (entries == null) {
                throw new IOException("it is no JSON Web Key Set: it has no \"keys\"");
            }
            List<IssuerKey> keys = new ArrayList<>();
            for (Map<String, Object> entry : entries) {
                key(entry).ifPresent(keys::add);
            }
            if (keys.isEmpty()) {
                throw new IOException("it holds no RSA key of 2048 bits or more and no EC key");
            }
            return new KeySet(keys);
        } catch (ParseException e) {
            throw new IOException("it is no JSON Web Key Set: " + e.getMessage(), e);
        }
    }

    // RFC 7517 §5: a key of a kind that is not known here does not spoil the others.
    private static Optional<IssuerKey> key(Map<String, Object> entry) {
        try {
            JWK jwk = JWK.parse(entry);
            boolean isForSignatures = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
            @Nullable PublicKey key = isForSignatures ? publicKey(jwk) : null;
            if (key == null) {
                return Optional.empty();
            }
            @Nullable
            String algorithm =
                    jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
            @Nullable String issuer = entry.get("issuer") instanceof String text ? text : null;
            return Optional.of(new IssuerKey(key, jwk.getKeyID(), algorithm, issuer));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable PublicKey publicKey(JWK jwk) throws JOSEException {
        if (jwk instanceof RSAKey rsa) {
            return rsa.size() < LEAST_RSA_BITS ? null : rsa.toRSAPublicKey();
        }
        return jwk instanceof ECKey ec ? ec.toECPublicKey() : null;
    }

    /** The keys that a token may mean. One without {@code kid} means the only key there is. */
    List<IssuerKey> meantBy(@Nullable String id) {
        if (id == null) {
            return keys.size() == 1 ? keys : List.of();
        }
        List<IssuerKey> meant = new ArrayList<>(1);
        for (IssuerKey key : keys) {
            if (id.equals(key.id())) {
                meant.add(key);
            }
        }
        return meant;
    }
}
