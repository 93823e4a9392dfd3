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
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token checks of one configuration, with the key sets they need. Thread-safe; closed by whoever started it. */
public final class BearerTokens implements TokenChecks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);
    private static final Duration LONGEST_READ = Duration.ofSeconds(10);
    private static final long LOOK_SECONDS = 30;
    private static final int READERS = 2;

    /** One check: where its keys come from, and what its tokens must say. */
    private record Guard(TokenRules rules, KeyRing keys) {
        String identity(RequestView request) throws TokenException {
            BearerToken token = BearerToken.of(request);
            for (IssuerKey key : keys.meantBy(token.keyId())) {
                if (token.isSignedBy(key)) {
                    return rules.identity(token.claims(), key.issuer());
                }
            }
            throw new TokenException(ExchangeFailure.TOKEN_SIGNATURE);
        }
    }

    /** By identity: a rule holds the very record, and hashing its texts for every request would be waste. */
    private final IdentityHashMap<EntraJwtValidationConfig, Guard> guards = new IdentityHashMap<>();

    private final Map<URI, KeyRing> rings = new HashMap<>();
    private final List<Runnable> endings;

    private BearerTokens(
            GatewayConfiguration configuration, Clock clock, Function<URI, KeyRing> newRing, List<Runnable> endings) {
        this.endings = endings;
        TokenSettings settings = configuration.local().traffic().tokens();
        for (RequestRoutingRule rule : configuration.gateway().requestRoutingRules()) {
            @Nullable EntraJwtValidationConfig config = rule.entraJwtValidationConfig();
            if (config != null) {
                KeyRing ring = rings.computeIfAbsent(keysOf(config, settings), newRing);
                guards.put(config, new Guard(new TokenRules(config, settings.issuer(), clock), ring));
            }
        }
    }

    /**
     * Gets the keys of all checks and keeps them fresh in the background. Costs nothing where no rule asks for tokens.
     *
     * @param configuration a valid configuration
     * @param clock tells what has expired
     * @return running; the caller closes it
     */
    public static BearerTokens start(GatewayConfiguration configuration, Clock clock) {
        // Discard: what a request still asks for while the gateway stops is not worth an error.
        ScheduledThreadPoolExecutor threads =
                new ScheduledThreadPoolExecutor(READERS, BearerTokens::thread, new ThreadPoolExecutor.DiscardPolicy());
        KeySource source = new KeySource(LONGEST_READ);
        BearerTokens tokens = new BearerTokens(
                configuration,
                clock,
                ring(source::read, threads, System::nanoTime),
                List.of(source::close, () -> stop(threads)));
        for (KeyRing ring : tokens.rings.values()) {
            Future<?> unused = threads.scheduleWithFixedDelay(ring::refreshIfOld, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        }
        return tokens;
    }

    /**
     * Checks that read keys from files, when asked, and from nowhere else.
     *
     * @param configuration a valid configuration
     * @param clock tells what has expired
     * @return needs no closing
     */
    public static BearerTokens offline(GatewayConfiguration configuration, Clock clock) {
        return new BearerTokens(
                configuration, clock, ring(BearerTokens::readOffline, Runnable::run, System::nanoTime), List.of());
    }

    private static byte[] readOffline(URI address) throws IOException {
        if (!KeySource.isFile(address)) {
            throw new IOException("nothing is fetched here");
        }
        return KeySource.readFile(address);
    }

    private static Function<URI, KeyRing> ring(KeyRing.Reader reader, Executor executor, LongSupplier nanoTime) {
        return address -> new KeyRing(address, reader, executor, nanoTime);
    }

    // Containers look for threads that an application leaves behind the moment it is gone.
    private static void stop(ScheduledThreadPoolExecutor threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.debug("a read of keys is still being cut");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "token-keys");
        thread.setDaemon(true);
        return thread;
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
            return new Verdict.Identified(guard.identity(request));
        } catch (TokenException e) {
            return new Verdict.Refused(e.failure());
        }
    }

    @Override
    public void close() {
        endings.forEach(Runnable::run);
    }
}
