package dev.gatehouse.health;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.TrustedRootCertificate;
import dev.gatehouse.threads.OwnThreads;
import dev.gatehouse.tls.BackendHandshake;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.upstream.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Connects to every Https backend that a rule leads to, once, as its probe would, and tells what it saw (TLS-40 to
 * TLS-45). One member's failure never stops the others. Immutable, thread-safe.
 */
public final class BackendTlsCheck {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int AT_ONCE = 8;

    private final GatewayConfiguration configuration;

    /**
     * Creates one.
     *
     * @param configuration a valid configuration
     */
    public BackendTlsCheck(GatewayConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Asks all of them.
     *
     * @param pool name of the only pool to ask; empty asks all
     * @return in the order of the rules
     * @throws TlsConfigurationException if trust for some settings cannot be built
     * @throws InterruptedException if the calling thread is interrupted
     */
    public List<BackendTlsFinding> findings(Optional<String> pool)
            throws TlsConfigurationException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, OwnThreads.numbered("gatehouse-tls-check-"));
        try {
            List<Future<BackendTlsFinding>> asked = new ArrayList<>();
            for (Target.Forward pair : pairs(pool)) {
                BackendTls tls = new BackendTls(pair.settings(), configuration.local());
                for (Place place : Place.of(pair, configuration.local().addresses())) {
                    asked.add(threads.submit(() -> ask(pair, place, tls)));
                }
            }
            List<BackendTlsFinding> findings = new ArrayList<>();
            for (Future<BackendTlsFinding> each : asked) {
                findings.add(each.get());
            }
            return findings;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a TLS check failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Target.Forward> pairs(Optional<String> pool) {
        return configuration.gateway().requestRoutingRules().stream()
                .flatMap(rule -> rule.targets().stream())
                .filter(Target.Backends.class::isInstance)
                .flatMap(target -> ((Target.Backends) target).pairs().stream())
                .filter(pair -> pair.settings().protocol() == Protocol.HTTPS)
                .filter(pair -> pool.map(
                                name -> name.equalsIgnoreCase(pair.pool().name()))
                        .orElse(true))
                .distinct()
                .toList();
    }

    private BackendTlsFinding ask(Target.Forward pair, Place place, BackendTls tls) {
        BackendHttpSettings settings = pair.settings();
        Probe probe = settings.probe();
        boolean isV1 = configuration.gateway().isV1();
        Optional<String> name = ProbeRequest.serverName(place.address(), probe, tls, isV1);
        String from = nameFrom(settings, isV1, name);
        Integer own = probe == null ? null : probe.port();
        int port = place.dialPort() != place.port() || own == null ? place.dialPort() : own;
        String member = HostText.join(place.address().host(), own == null ? place.port() : own);
        Optional<BackendHandshake> handshake = Optional.empty();
        Optional<String> refusal;
        try {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(place.dialHost()), port);
            String dialled = HostText.join(target.getAddress().getHostAddress(), port);
            member = member.equals(dialled) ? member : member + " (dialled as " + dialled + ")";
            BackendHandshake seen = BackendHandshake.with(tls, name, target, LIMIT);
            handshake = Optional.of(seen);
            String address = member;
            refusal = seen.failure().map(failure -> words(failure, address));
        } catch (UnknownHostException e) {
            refusal = Optional.of("The name " + place.dialHost() + " has no address.");
        }
        Optional<String> cure =
                refusal.isEmpty() ? Optional.empty() : Optional.of(BackendTlsCures.of(settings, handshake));
        return new BackendTlsFinding(
                pair.pool().name(), settings, member, name, from, checks(settings, name), handshake, refusal, cure);
    }

    private static String words(IOException failure, String address) {
        if (failure instanceof SocketTimeoutException) {
            boolean isConnecting = "Connect timed out".equalsIgnoreCase(failure.getMessage());
            return (isConnecting ? ProbePhase.CONNECT : ProbePhase.TLS).expired(address, "the check's time-out", LIMIT);
        }
        return ProbeFailures.of(failure, ProbePhase.TLS, address).log();
    }

    private static String nameFrom(BackendHttpSettings settings, boolean isV1, Optional<String> name) {
        if (name.isEmpty()) {
            return "none: only an IP address is known, which is never sent";
        }
        Probe probe = settings.probe();
        if (isV1) {
            return "the member, as v1 gateways have it";
        }
        if (probe != null && probe.host() != null) {
            return "host of the probe " + probe.name();
        }
        if (settings.tls().sniName() != null) {
            return "sniName of the settings";
        }
        return settings.hostOverride().hostName() != null ? "hostName of the settings" : "the member";
    }

    private static String checks(BackendHttpSettings settings, Optional<String> name) {
        BackendTlsRules rules = settings.tls();
        if (rules.trustedRootCertificates().isEmpty()
                && !rules.authenticationCertificates().isEmpty()) {
            return "the key alone, against authenticationCertificates";
        }
        String roots = rules.trustedRootCertificates().isEmpty()
                ? "the JVM's public roots"
                : rules.trustedRootCertificates().stream()
                        .map(TrustedRootCertificate::name)
                        .collect(Collectors.joining(", "));
        String chain = rules.validateCertChainAndExpiry()
                ? "chain and dates against " + roots
                : "no chain and no dates (validateCertChainAndExpiry is off)";
        String names = rules.validateSni()
                ? name.map(sent -> "the name " + sent).orElse("no name, for none is sent")
                : "no name (validateSNI is off)";
        return chain + "; " + names;
    }
}
