package dev.gatehouse.tls;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.model.ClientAuthentication;
import dev.gatehouse.model.ClientAuthentication.Mode;
import dev.gatehouse.model.ClientAuthentication.Revocation;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.model.TrustedClientCertificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.x500.X500Principal;

/**
 * Judges clients' certificates as one TLS profile wants it (TLS-30 to TLS-34). It is asked with every request, so what was
 * found of a chain is remembered for a while: never beyond the end of a certificate in it. Thread-safe.
 */
public final class ClientCertificates {
    private static final int MOST_REMEMBERED = 1000;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final Duration UNKNOWN_REMEMBERED = Duration.ofSeconds(30); // a responder may be back by then

    private final ClientAuthentication rules;
    private final ClientPaths paths;
    private final Optional<X500Principal> issuer;
    private final OcspCheck ocsp;
    private final Clock clock;
    private final AsyncCache<List<X509Certificate>, Judged> judged = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .executor(Runnable::run)
            .expireAfter(Expiry.<List<X509Certificate>, Judged>creating((chain, found) -> found.lasts()))
            .buildAsync();

    private record Judged(ClientVerdict verdict, Duration lasts) {}

    private ClientCertificates(
            ClientAuthentication rules, List<X509Certificate> uploaded, OcspTransport responders, Clock clock) {
        this.rules = rules;
        this.paths = new ClientPaths(uploaded, clock);
        this.issuer = rules.verifyClientCertIssuerDn() ? LastIssuer.of(uploaded) : Optional.empty();
        this.ocsp = new OcspCheck(responders, clock);
        this.clock = clock;
    }

    /**
     * Reads what a profile trusts. A strict one that trusts nobody lets nobody in.
     *
     * @param profile the profile
     * @param trust where its uploads are found
     * @param responders how OCSP responders are asked
     * @param clock by which certificates are valid
     * @return a new one, which remembers nothing
     * @throws TlsConfigurationException if an upload cannot be read
     */
    public static ClientCertificates of(SslProfile profile, TrustMaterial trust, OcspTransport responders, Clock clock)
            throws TlsConfigurationException {
        List<X509Certificate> uploaded = new ArrayList<>();
        for (TrustedClientCertificate upload : profile.trustedClientCertificates()) {
            uploaded.addAll(trust.certificates(upload));
        }
        return new ClientCertificates(profile.clientAuthentication(), uploaded, responders, clock);
    }

    /**
     * Judges what a client showed. May wait for an OCSP responder; not for longer than the transport does.
     *
     * @param chain the client's certificate first; empty if it showed none
     * @return what was found
     */
    public ClientVerdict judge(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return ClientVerdict.NONE;
        }
        if (rules.mode() != Mode.STRICT) {
            return ClientVerdict.failed("not verified"); // TLS-32
        }
        CompletableFuture<Judged> mine = new CompletableFuture<>();
        CompletableFuture<Judged> known = judged.asMap().putIfAbsent(chain, mine);
        if (known != null) {
            return known.join().verdict();
        }
        try {
            mine.complete(judgeAnew(chain));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e); // whoever waits for it fails as well, and the next one judges anew
        }
        return mine.join().verdict();
    }

    private Judged judgeAnew(List<X509Certificate> chain) {
        Optional<String> misuse = ClientPaths.misuse(chain.get(0));
        if (misuse.isPresent()) {
            return new Judged(ClientVerdict.failed(misuse.get()), REMEMBERED);
        }
        ClientPaths.Found found = paths.of(chain);
        if (found.fault().isPresent()) {
            // a certificate that is not valid yet will be, so that this must be looked at again
            return new Judged(ClientVerdict.failed(found.fault().get()), UNKNOWN_REMEMBERED);
        }
        X509Certificate leaf = chain.get(0);
        if (issuer.isPresent() && !issuer.get().equals(leaf.getIssuerX500Principal())) {
            String reason = "its issuer is " + leaf.getIssuerX500Principal().getName() + ", not "
                    + issuer.get().getName();
            return new Judged(ClientVerdict.failed(reason), REMEMBERED);
        }
        if (rules.verifyClientRevocation() == Revocation.OCSP) {
            OcspCheck.Answer answer = ocsp.ask(found);
            if (!answer.isGood()) {
                return new Judged(
                        ClientVerdict.failed(answer.words()), answer.isFinal() ? REMEMBERED : UNKNOWN_REMEMBERED);
            }
        }
        return new Judged(ClientVerdict.SUCCESS, shorter(REMEMBERED, found.end()));
    }

    private Duration shorter(Duration longest, Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(longest) < 0 ? left : longest;
    }
}
