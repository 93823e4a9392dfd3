package dev.gatehouse.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** An issuer of tokens like Entra: its keys, and tokens it signed. Immutable. */
public final class TestTokens {
    public static final String TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    public static final String CLIENT = "00001111-aaaa-2222-bbbb-3333cccc4444";
    public static final String OBJECT = "22cc22cc-dd33-ee44-ff55-66aa66aa66aa";
    public static final String IDENTITY = TENANT + ":" + OBJECT;

    private final List<JWK> keys;

    public TestTokens() {
        try {
            keys = List.of(
                    new RSAKeyGenerator(2048).keyID("rsa").generate(),
                    new ECKeyGenerator(Curve.P_256).keyID("ES256").generate(),
                    new ECKeyGenerator(Curve.P_384).keyID("ES384").generate(),
                    new ECKeyGenerator(Curve.P_521).keyID("ES512").generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it publishes: the public halves. */
    public String keySet() {
        return new JWKSet(keys).toString();
    }

    public JWK key(String id) {
        return Objects.requireNonNull(new JWKSet(keys).getKeyByKeyId(id), id);
    }

    /** A good token. */
    public String token() {
        return token(claims -> claims);
    }

    /** A token whose claims differ from those of a good one. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return token(JWSAlgorithm.RS256, change);
    }

    public String token(JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> change) {
        String key = JWSAlgorithm.Family.EC.contains(algorithm) ? algorithm.getName() : "rsa";
        JWSHeader header = new JWSHeader.Builder(algorithm).keyID(key).build();
        return signed(header, key(key), claims(change));
    }

    public static String signed(JWSHeader header, JWK key, JWTClaimsSet claims) {
        try {
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer("https://login.microsoftonline.com/" + TENANT + "/v2.0")
                        .audience(CLIENT)
                        .notBeforeTime(Date.from(now.minusSeconds(300)))
                        .expirationTime(Date.from(now.plusSeconds(3600)))
                        .claim("tid", TENANT)
                        .claim("oid", OBJECT))
                .build();
    }
}
