package dev.gatehouse.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.TokenChecks.Verdict;
import dev.gatehouse.model.EntraJwtValidationConfig;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the claims of a token must say (REQ-16). Immutable. */
final class TokenRules {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final String COMMON = "common";
    private static final String ORGANIZATIONS = "organizations";
    private static final String CONSUMERS = "consumers";
    /** The one tenant of all personal accounts. */
    private static final String CONSUMERS_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    /** What can stand in a header field and leaves no doubt where the tenant ends. */
    private static final Pattern ID = Pattern.compile("[0-9a-zA-Z._-]{1,128}");

    private final EntraJwtValidationConfig config;
    private final String tenant;
    private final @Nullable String issuer;
    private final Clock clock;

    /** With an issuer named, tokens must name that one; otherwise Entra for the tenant. */
    TokenRules(EntraJwtValidationConfig config, @Nullable String issuer, Clock clock) {
        this.config = config;
        this.tenant = config.tenantId().toLowerCase(Locale.ROOT);
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Whom the token names, and for how long. */
    Verdict.Identified judge(JWTClaimsSet claims, @Nullable String keyIssuer) throws TokenException {
        try {
            String tid = issuer == null ? entraTenant(claims, keyIssuer) : tenantOfIssuer(claims, issuer);
            checkAudience(claims.getAudience());
            Instant end = checkedEnd(claims);
            @Nullable String oid = claims.getStringClaim("oid");
            if (oid == null || !ID.matcher(oid).matches()) {
                throw new TokenException(ExchangeFailure.TOKEN_WITHOUT_OBJECT);
            }
            return new Verdict.Identified(tid + ':' + oid, end);
        } catch (ParseException e) {
            throw BearerToken.malformed();
        }
    }

    // Entra names the tenant twice. Its keys serve many tenants, so all three must agree.
    private String entraTenant(JWTClaimsSet claims, @Nullable String keyIssuer) throws ParseException, TokenException {
        @Nullable String tid = claims.getStringClaim("tid");
        if (tid == null || !GUID.matcher(tid).matches() || !isTenantWanted(tid) || !isEntra(claims.getIssuer(), tid)) {
            throw new TokenException(ExchangeFailure.TOKEN_ISSUER);
        }
        if (keyIssuer != null && !isEntra(keyIssuer.replace("{tenantid}", tid), tid)) {
            throw new TokenException(ExchangeFailure.TOKEN_ISSUER);
        }
        return tid;
    }

    /** Version 2 of Entra's tokens, or version 1. */
    private static boolean isEntra(@Nullable String text, String tid) {
        return ("https://login.microsoftonline.com/" + tid + "/v2.0").equals(text)
                || ("https://sts.windows.net/" + tid + "/").equals(text);
    }

    private String tenantOfIssuer(JWTClaimsSet claims, String wanted) throws ParseException, TokenException {
        @Nullable String tid = claims.getStringClaim("tid");
        if (tid == null && GUID.matcher(tenant).matches()) {
            tid = tenant; // other issuers know no tenants: theirs is the one configured
        }
        boolean isGood = tid != null && ID.matcher(tid).matches() && isTenantWanted(tid);
        if (!isGood || !wanted.equals(claims.getIssuer())) {
            throw new TokenException(ExchangeFailure.TOKEN_ISSUER);
        }
        return tid;
    }

    private boolean isTenantWanted(String tid) {
        return switch (tenant) {
            case COMMON -> true;
            case ORGANIZATIONS -> !tid.equalsIgnoreCase(CONSUMERS_TENANT);
            case CONSUMERS -> tid.equalsIgnoreCase(CONSUMERS_TENANT);
            default -> tid.equalsIgnoreCase(tenant);
        };
    }

    private void checkAudience(List<String> audience) throws TokenException {
        for (String each : audience) {
            if (config.clientId().equalsIgnoreCase(each) || config.audiences().contains(each)) {
                return;
            }
        }
        throw new TokenException(ExchangeFailure.TOKEN_AUDIENCE);
    }

    private Instant checkedEnd(JWTClaimsSet claims) throws TokenException {
        Instant now = clock.instant();
        @Nullable Date end = claims.getExpirationTime();
        if (end == null || !now.isBefore(end.toInstant().plus(SKEW))) {
            throw new TokenException(ExchangeFailure.TOKEN_EXPIRED);
        }
        @Nullable Date begin = claims.getNotBeforeTime();
        if (begin != null && now.isBefore(begin.toInstant().minus(SKEW))) {
            throw new TokenException(ExchangeFailure.TOKEN_EARLY);
        }
        return end.toInstant();
    }
}
