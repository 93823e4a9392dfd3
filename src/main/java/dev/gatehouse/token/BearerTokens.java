package dev.gatehouse.token;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.exchange.TokenChecks;
import dev.gatehouse.model.EntraJwtValidationConfig;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.TokenSettings;
import dev.gatehouse.token.KeySet.IssuerKey;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token checks of one configuration. Immutable, thread-safe. */
public final class BearerTokens implements TokenChecks {
    /** One check: where its keys come from, and what its tokens must say. */
    private record Guard(TokenRules rules, KeyRing keys) {
        Verdict.Identified judge(RequestView request) throws TokenException {
            BearerToken token = BearerToken.of(request);
            for (IssuerKey key : keys.meantBy(token.keyId())) {
                if (token.isSignedBy(key)) {
                    return rules.judge(token.claims(), key.issuer());
                }
            }
            throw new TokenException(ExchangeFailure.TOKEN_SIGNATURE);
        }
    }

    /** By identity: a rule holds the very record, and hashing its texts for every request would be waste. */
    private final IdentityHashMap<EntraJwtValidationConfig, Guard> guards = new IdentityHashMap<>();

    /**
     * Makes the checks of a configuration.
     *
     * @param configuration a valid configuration
     * @param clock tells what has expired
     * @param keys has the key sets, and keeps them while configurations come and go
     */
    public BearerTokens(GatewayConfiguration configuration, Clock clock, KeyRings keys) {
        this(configuration, clock, keys::at);
    }

    private BearerTokens(GatewayConfiguration configuration, Clock clock, Function<URI, KeyRing> rings) {
        TokenSettings settings = configuration.local().traffic().tokens();
        for (RequestRoutingRule rule : configuration.gateway().requestRoutingRules()) {
            @Nullable EntraJwtValidationConfig config = rule.entraJwtValidationConfig();
            if (config != null) {
                KeyRing ring = rings.apply(keysOf(config, settings));
                guards.put(config, new Guard(new TokenRules(config, settings.issuer(), clock), ring));
            }
        }
    }

    /**
     * Checks that read keys from files, when asked, and from nowhere else.
     *
     * @param configuration a valid configuration
     * @param clock tells what has expired
     * @return needs no closing
     */
    public static BearerTokens offline(GatewayConfiguration configuration, Clock clock) {
        Map<URI, KeyRing> rings = new HashMap<>();
        return new BearerTokens(
                configuration,
                clock,
                address -> rings.computeIfAbsent(
                        address, key -> new KeyRing(key, BearerTokens::readOffline, Runnable::run, System::nanoTime)));
    }

    private static byte[] readOffline(URI address) throws IOException {
        if (!KeySource.isFile(address)) {
            throw new IOException("nothing is fetched here");
        }
        return KeySource.readFile(address);
    }

    /**
     * Where the keys of a check are published.
     *
     * @param config the check
     * @param settings whether somebody other than Entra issues its tokens
     * @return http, https or file
     */
    public static URI keysOf(EntraJwtValidationConfig config, TokenSettings settings) {
        @Nullable URI keys = settings.keys();
        String tenant = config.tenantId().toLowerCase(Locale.ROOT);
        return keys == null ? URI.create("https://login.microsoftonline.com/" + tenant + "/discovery/v2.0/keys") : keys;
    }

    @Override
    public Verdict judge(RequestView request, EntraJwtValidationConfig config) {
        @Nullable Guard guard = guards.get(config);
        if (guard == null) {
            throw new IllegalArgumentException("config: " + config.name() + " (expected: one of a rule's)");
        }
        try {
            return guard.judge(request);
        } catch (TokenException e) {
            return new Verdict.Refused(e.failure());
        }
    }
}
