package dev.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.token.KeySet.IssuerKey;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A signed token (RFC 7519) that nobody has judged yet. Immutable. */
final class BearerToken {
    private static final String SCHEME = "Bearer ";

    // RFC 8725 §3.1: named one by one. Not "none", and no HMAC: its key would be the very text that issuers publish.
    private static final Set<JWSAlgorithm> ACCEPTED = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final JWSObject token;

    private BearerToken(JWSObject token) {
        this.token = token;
    }

    static BearerToken of(RequestView request) throws TokenException {
        try {
            JWSObject token = JWSObject.parse(textOf(request));
            if (!ACCEPTED.contains(token.getHeader().getAlgorithm())) {
                throw new TokenException(ExchangeFailure.TOKEN_ALGORITHM);
            }
            return new BearerToken(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw malformed();
        }
    }

    // RFC 6750 §2.1, RFC 9110 §11.1: the scheme's case does not count.
    private static String textOf(RequestView request) throws TokenException {
        @Nullable String credentials = request.header("Authorization");
        if (credentials == null || !credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new TokenException(ExchangeFailure.TOKEN_MISSING);
        }
        return credentials.substring(SCHEME.length()).strip();
    }

    @Nullable
    String keyId() {
        return token.getHeader().getKeyID();
    }

    boolean isSignedBy(IssuerKey key) {
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (key.algorithm() != null && !key.algorithm().equals(algorithm.getName())) {
            return false;
        }
        try {
            return new DefaultJWSVerifierFactory()
                    .createJWSVerifier(token.getHeader(), key.publicKey())
                    .verify(token.getHeader(), token.getSigningInput(), token.getSignature());
        } catch (JOSEException e) {
            return false; // the key is of another kind than the algorithm
        }
    }

    /** Only after the signature was found good. */
    JWTClaimsSet claims() throws TokenException {
        @Nullable Map<String, Object> claims = token.getPayload().toJSONObject();
        if (claims == null) {
            throw malformed();
        }
        try {
            return JWTClaimsSet.parse(claims);
        } catch (ParseException e) {
            throw malformed();
        }
    }

    static TokenException malformed() {
        return new TokenException(ExchangeFailure.TOKEN_MALFORMED);
    }
}
