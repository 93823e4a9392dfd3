package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.TokenChecks.Verdict;
import dev.gatehouse.model.TokenSettings;
import dev.gatehouse.testkit.TestTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-16: which tokens are good. */
class BearerTokensTest {
    private static final TestTokens TOKENS = new TestTokens();
    private static final String PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";
    private static final String OTHER = "bbbbcccc-1111-dddd-2222-eeee3333ffff";

    @TempDir
    private Path directory = Path.of("");

    private static Arguments claim(String what, ExchangeFailure failure, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, failure, change);
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                claim("good", null, claims -> claims),
                claim("version 1", null, claims -> claims.issuer("https://sts.windows.net/" + TestTokens.TENANT + "/")),
                claim("second audience", null, claims -> claims.audience(List.of("x", "api://shop"))),
                claim("just expired", null, claims -> claims.expirationTime(in(-30))),
                claim("clock ahead", null, claims -> claims.notBeforeTime(in(30))),
                claim("no begin", null, claims -> claims.notBeforeTime(null)),
                claim("expired", ExchangeFailure.TOKEN_EXPIRED, claims -> claims.expirationTime(in(-90))),
                claim("no end", ExchangeFailure.TOKEN_EXPIRED, claims -> claims.expirationTime(null)),
                claim("early", ExchangeFailure.TOKEN_EARLY, claims -> claims.notBeforeTime(in(90))),
                claim("other audience", ExchangeFailure.TOKEN_AUDIENCE, claims -> claims.audience("api://else")),
                claim("no audience", ExchangeFailure.TOKEN_AUDIENCE, claims -> claims.audience((String) null)),
                claim(
                        "other tenant",
                        ExchangeFailure.TOKEN_ISSUER,
                        claims -> claims.claim("tid", OTHER)
                                .issuer("https://login.microsoftonline.com/" + OTHER + "/v2.0")),
                claim(
                        "two tenants",
                        ExchangeFailure.TOKEN_ISSUER,
                        claims -> claims.issuer("https://login.microsoftonline.com/" + OTHER + "/v2.0")),
                claim("no tenant", ExchangeFailure.TOKEN_ISSUER, claims -> claims.claim("tid", null)),
                claim("no issuer", ExchangeFailure.TOKEN_ISSUER, claims -> claims.issuer(null)),
                claim(
                        "issuer's look-alike",
                        ExchangeFailure.TOKEN_ISSUER,
                        claims -> claims.issuer(
                                "https://login.microsoftonline.com.evil.example/" + TestTokens.TENANT + "/v2.0")),
                claim("number for a name", ExchangeFailure.TOKEN_MALFORMED, claims -> claims.claim("oid", 7)),
                claim("nobody", ExchangeFailure.TOKEN_WITHOUT_OBJECT, claims -> claims.claim("oid", null)),
                claim("two fields", ExchangeFailure.TOKEN_WITHOUT_OBJECT, claims -> claims.claim("oid", "a\r\nX: b")),
                claim("two parts", ExchangeFailure.TOKEN_WITHOUT_OBJECT, claims -> claims.claim("oid", "a:b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void claimsDecide(String what, ExchangeFailure failure, UnaryOperator<JWTClaimsSet.Builder> change)
            throws Exception {
        assertThat(what).isNotEmpty();
        judged("Bearer " + TOKENS.token(change), failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
    void asymmetricSignaturesAreVerified(String algorithm) throws Exception {
        String token = TOKENS.token(JWSAlgorithm.parse(algorithm), claims -> claims);

        judged("Bearer " + token, null);
        judged("Bearer " + withPayload(token, "oid", "somebody-else"), ExchangeFailure.TOKEN_SIGNATURE);
    }

    private static String withPayload(String token, String claim, String value) {
        String[] parts = token.split("\\.", -1);
        JWTClaimsSet claims = TestTokens.claims(builder -> builder.claim(claim, value));
        return parts[0] + '.' + new Payload(claims.toJSONObject()).toBase64URL() + '.' + parts[2];
    }

    @Test
    void secretsAndMissingSignaturesAreNoProof() throws Exception {
        JWTClaimsSet claims = TestTokens.claims(builder -> builder);
        // The classic confusion: HMAC with the published key as its secret.
        byte[] published = TOKENS.key("rsa").toRSAKey().toRSAPublicKey().getEncoded();
        JWSObject secret = new JWSObject(header("HS256", "rsa").build(), new Payload(claims.toJSONObject()));
        secret.sign(new MACSigner(published));

        judged("Bearer " + secret.serialize(), ExchangeFailure.TOKEN_ALGORITHM);
        judged("Bearer " + new PlainJWT(claims).serialize(), ExchangeFailure.TOKEN_MALFORMED);
        judged("Bearer " + raw("{\"alg\":\"EdDSA\",\"kid\":\"rsa\"}"), ExchangeFailure.TOKEN_ALGORITHM);
        judged("Bearer " + raw("{\"alg\":\"rs256\",\"kid\":\"rsa\"}"), ExchangeFailure.TOKEN_ALGORITHM);
    }

    private static String raw(String header) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + ".e30.AAAA";
    }

    private static JWSHeader.Builder header(String algorithm, String key) {
        return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(key);
    }

    @Test
    void keysAreTheIssuersAlone() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("mine").generate();
        JWTClaimsSet claims = TestTokens.claims(builder -> builder);

        judged(
                "Bearer " + TestTokens.signed(header("RS256", "mine").build(), own, claims),
                ExchangeFailure.TOKEN_KEY_UNKNOWN);
        judged(
                "Bearer " + TestTokens.signed(header("RS256", "rsa").build(), own, claims),
                ExchangeFailure.TOKEN_SIGNATURE);
        JWSHeader carried = header("RS256", "rsa").jwk(own.toPublicJWK()).build();
        judged("Bearer " + TestTokens.signed(carried, own, claims), ExchangeFailure.TOKEN_SIGNATURE);
        JWSHeader nameless = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
        judged("Bearer " + TestTokens.signed(nameless, TOKENS.key("rsa"), claims), ExchangeFailure.TOKEN_KEY_UNKNOWN);
        JWSHeader critical = header("RS256", "rsa")
                .criticalParams(Set.of("x"))
                .customParam("x", 1)
                .build();
        judged("Bearer " + TestTokens.signed(critical, TOKENS.key("rsa"), claims), ExchangeFailure.TOKEN_SIGNATURE);
    }

    @Test
    void tokenWithoutKeyIdMeansTheOnlyKey() throws Exception {
        String keys = new JWKSet(TOKENS.key("rsa")).toString();
        JWSHeader nameless = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
        String token = TestTokens.signed(nameless, TOKENS.key("rsa"), TestTokens.claims(builder -> builder));

        assertThat(Guarded.by(directory, TestTokens.TENANT, keys).judge("Bearer " + token, Clock.systemUTC()))
                .usingRecursiveComparison()
                .ignoringFields("expires")
                .isEqualTo(new Verdict.Identified(TestTokens.IDENTITY, Instant.EPOCH));
    }

    @Test
    void keysThatAreWeakOrForOtherUseCountAsUnknown() throws Exception {
        RSAKey good = TOKENS.key("rsa").toRSAKey();
        RSAKey weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        RSAKey sealing = new RSAKey.Builder(good)
                .keyID("sealing")
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        RSAKey other = new RSAKey.Builder(good)
                .keyID("other")
                .algorithm(JWSAlgorithm.PS256)
                .build();
        Guarded guarded = Guarded.by(
                directory, TestTokens.TENANT, new JWKSet(List.<JWK>of(good, weak, sealing, other)).toString());

        assertThat(guarded.judge(signedAs("sealing", good), Clock.systemUTC()))
                .isEqualTo(new Verdict.Refused(ExchangeFailure.TOKEN_KEY_UNKNOWN));
        assertThat(guarded.judge(signedAs("other", good), Clock.systemUTC()))
                .isEqualTo(new Verdict.Refused(ExchangeFailure.TOKEN_SIGNATURE));
        assertThat(guarded.judge(signedAs("weak", good), Clock.systemUTC()))
                .isEqualTo(new Verdict.Refused(ExchangeFailure.TOKEN_KEY_UNKNOWN));
    }

    private static String signedAs(String id, JWK key) {
        return "Bearer " + TestTokens.signed(header("RS256", id).build(), key, TestTokens.claims(builder -> builder));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, TOKEN_MISSING",
                "'', TOKEN_MISSING",
                "Basic dTpw, TOKEN_MISSING",
                "Bearer, TOKEN_MISSING",
                "'Bearer ', TOKEN_MALFORMED",
                "Bearer x, TOKEN_MALFORMED",
                "Bearer a.b, TOKEN_MALFORMED",
                "Bearer a.b.c, TOKEN_MALFORMED",
                "Bearer ..., TOKEN_MALFORMED",
                "Bearer a.b.c.d.e, TOKEN_MALFORMED",
                "Bearer e30.e30.AAAA, TOKEN_MALFORMED",
            })
    void whatIsNoTokenIsNamed(String authorization, ExchangeFailure failure) throws Exception {
        judged(authorization, failure);
    }

    @Test
    void deepHeaderIsRefusedLikeAnyOther() throws Exception {
        judged("Bearer " + raw("{\"alg\":" + "[".repeat(20_000)), ExchangeFailure.TOKEN_MALFORMED);
        judged(
                "Bearer " + raw("{\"alg\":\"RS256\",\"x\":" + "[".repeat(9_000) + "]".repeat(9_000) + "}"),
                ExchangeFailure.TOKEN_MALFORMED);
    }

    @Test // RFC 9110 §11.1
    void caseOfTheSchemeDoesNotCount() throws Exception {
        judged("bEARER  " + TOKENS.token(), null);
    }

    @ParameterizedTest
    @CsvSource({
        "common, true, true",
        "organizations, true, false",
        "Consumers, false, true",
        TestTokens.TENANT + ", true, false",
        "AAAABBBB-0000-CCCC-1111-DDDD2222EEEE, true, false",
        OTHER + ", false, false",
    })
    void tenantDecidesWhoseAccountsAreLetIn(String tenant, boolean isWork, boolean isPersonal) throws Exception {
        Guarded guarded = Guarded.by(directory, tenant, TOKENS.keySet());

        assertThat(guarded.judge("Bearer " + TOKENS.token(), Clock.systemUTC()) instanceof Verdict.Identified)
                .isEqualTo(isWork);
        assertThat(guarded.judge("Bearer " + personal(TOKENS), Clock.systemUTC()) instanceof Verdict.Identified)
                .isEqualTo(isPersonal);
    }

    private static String personal(TestTokens tokens) {
        return tokens.token(claims ->
                claims.claim("tid", PERSONAL).issuer("https://login.microsoftonline.com/" + PERSONAL + "/v2.0"));
    }

    // Entra publishes keys of many tenants together and notes whose tokens each may sign.
    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com/{tenantid}/v2.0, true",
        "https://login.microsoftonline.com/" + TestTokens.TENANT + "/v2.0, true",
        "https://login.microsoftonline.com/" + PERSONAL + "/v2.0, false",
    })
    void keySignsForItsIssuerOnly(String issuer, boolean isGood) throws Exception {
        Map<String, Object> key = TOKENS.key("rsa").toPublicJWK().toJSONObject();
        key.put("issuer", issuer);
        String keys = "{\"keys\":[" + new Payload(key) + "]}";

        assertThat(Guarded.by(directory, "common", keys).judge("Bearer " + TOKENS.token(), Clock.systemUTC()))
                .usingRecursiveComparison()
                .ignoringFields("expires")
                .isEqualTo(
                        isGood
                                ? new Verdict.Identified(TestTokens.IDENTITY, Instant.EPOCH)
                                : new Verdict.Refused(ExchangeFailure.TOKEN_ISSUER));
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example/, -, true",
        "https://id.example/, " + TestTokens.TENANT + ", true",
        "https://id.example/, " + OTHER + ", false",
        "https://id.example, -, false",
        "https://login.microsoftonline.com/" + TestTokens.TENANT + "/v2.0, " + TestTokens.TENANT + ", false",
    })
    void otherIssuerTakesEntrasPlace(String issuer, String tenant, boolean isGood) throws Exception {
        Guarded guarded =
                Guarded.by(directory, TestTokens.TENANT, TOKENS.keySet(), ", \"issuer\": \"https://id.example/\"");
        String token = TOKENS.token(claims -> claims.issuer(issuer).claim("tid", tenant.equals("-") ? null : tenant));

        assertThat(guarded.judge("Bearer " + token, Clock.systemUTC()))
                .usingRecursiveComparison()
                .ignoringFields("expires")
                .isEqualTo(
                        isGood
                                ? new Verdict.Identified(TestTokens.IDENTITY, Instant.EPOCH)
                                : new Verdict.Refused(ExchangeFailure.TOKEN_ISSUER));
    }

    @Test
    void clockThatIsHandedInDecides() throws Exception {
        Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));

        assertThat(Guarded.by(directory, TestTokens.TENANT, TOKENS.keySet())
                        .judge("Bearer " + TOKENS.token(), tomorrow))
                .isEqualTo(new Verdict.Refused(ExchangeFailure.TOKEN_EXPIRED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"keys\":[]}", "{\"keys\":7}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"
            })
    void withoutKeysNobodyIsLetIn(String keySet) throws Exception {
        assertThat(Guarded.by(directory, TestTokens.TENANT, keySet)
                        .judge("Bearer " + TOKENS.token(), Clock.systemUTC()))
                .isEqualTo(new Verdict.Refused(ExchangeFailure.TOKEN_KEYS_UNAVAILABLE));
    }

    @Test
    void keysOfEntraStandUnderTheTenant() throws Exception {
        Guarded guarded = Guarded.by(directory, "Common", TOKENS.keySet());
        assertThat(BearerTokens.keysOf(guarded.check(), TokenSettings.DEFAULT))
                .hasToString("https://login.microsoftonline.com/common/discovery/v2.0/keys");
    }

    private void judged(String authorization, ExchangeFailure failure) throws Exception {
        assertThat(Guarded.by(directory, TestTokens.TENANT, TOKENS.keySet()).judge(authorization, Clock.systemUTC()))
                .usingRecursiveComparison()
                .ignoringFields("expires")
                .isEqualTo(
                        failure == null
                                ? new Verdict.Identified(TestTokens.IDENTITY, Instant.EPOCH)
                                : new Verdict.Refused(failure));
    }
}
