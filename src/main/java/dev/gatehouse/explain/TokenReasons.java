package dev.gatehouse.explain;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.exchange.TokenChecks.Verdict;
import dev.gatehouse.model.EntraJwtValidationConfig;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.TokenSettings;
import dev.gatehouse.token.BearerTokens;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the token of a request is asked for, and good (step 7, REQ-16). Thread-safe. */
final class TokenReasons {
    /** Stands for whom a token names that cannot be judged here. */
    static final String IDENTITY = "<tenant>:<object>";

    private final Reasons reasons;
    private final TokenSettings settings;
    private final BearerTokens tokens;

    /**
     * What becomes of a request.
     *
     * @param routed the request, with whom its token names
     * @param failure why it goes no further; null if it does
     */
    record Admission(Routed routed, @Nullable ExchangeFailure failure) {}

    TokenReasons(Reasons reasons, GatewayConfiguration configuration) {
        this.reasons = reasons;
        this.settings = configuration.local().traffic().tokens();
        this.tokens = BearerTokens.offline(configuration, Clock.systemUTC());
    }

    Admission admit(Routed routed, Account account) {
        @Nullable EntraJwtValidationConfig config = routed.route().rule().entraJwtValidationConfig();
        if (config == null) {
            return new Admission(routed, null);
        }
        asked(routed, config, account);
        Verdict verdict = tokens.judge(routed.request(), config);
        if (verdict instanceof Verdict.Identified identified) {
            account.because(Step.TOKEN, "the token is good; the backend is told whom it names");
            return new Admission(withIdentity(routed, identified.identity()), null);
        }
        ExchangeFailure failure = ((Verdict.Refused) verdict).failure();
        URI keys = BearerTokens.keysOf(config, settings);
        if (failure == ExchangeFailure.TOKEN_KEYS_UNAVAILABLE && !"file".equalsIgnoreCase(keys.getScheme())) {
            account.because(
                    Step.TOKEN,
                    "whether the token is good is not known here: only a running gateway fetches " + keys
                            + "; taken for good");
            return new Admission(withIdentity(routed, IDENTITY), null);
        }
        return unidentified(routed, config, failure, account);
    }

    private void asked(Routed routed, EntraJwtValidationConfig config, Account account) {
        account.because(
                Step.TOKEN,
                reasons.of("requestRoutingRules/" + routed.route().rule().name(), "entraJWTValidationConfig"),
                "asks for a bearer token, token check \"" + config.name() + '"');
        List<String> audiences = new ArrayList<>(List.of(config.clientId()));
        audiences.addAll(config.audiences());
        String element = "entraJWTValidationConfigs/" + config.name();
        account.because(
                Step.TOKEN,
                reasons.of(element, "tenantId"),
                "of tenant " + config.tenantId() + " for audience " + String.join(" or ", audiences));
        reasons.addNotes(Step.TOKEN, element, account);
    }

    private Admission unidentified(
            Routed routed, EntraJwtValidationConfig config, ExchangeFailure failure, Account account) {
        String element = "entraJWTValidationConfigs/" + config.name();
        if (config.deniesUnauthorized()) {
            account.because(Step.TOKEN, reasons.of(element, "unAuthorizedRequestAction"), "others are denied");
            return new Admission(routed, failure);
        }
        account.because(
                Step.TOKEN,
                reasons.of(element, "unAuthorizedRequestAction"),
                "others are let in, without a field that names them: " + failure.words());
        return new Admission(routed, null);
    }

    private static Routed withIdentity(Routed routed, String identity) {
        DescribedView asked = (DescribedView) routed.request();
        return new Routed(
                new DescribedView(asked.described(), asked.socket(), identity),
                routed.host(),
                routed.path(),
                routed.route());
    }
}
