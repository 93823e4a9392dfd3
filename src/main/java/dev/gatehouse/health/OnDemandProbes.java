package dev.gatehouse.health;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Probe;
import dev.gatehouse.observe.AddressHealth;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Probes that somebody asks for (PRB-22): every member of a pair at once, now, as a probe of the asker's making would.
 * Certificates are not looked at (PRB-6), and the periodic state stays as it is. Each call has threads of its own, which
 * end with it. Thread-safe.
 */
public final class OnDemandProbes implements AutoCloseable {
    private final Clock clock;
    private final Set<ProbeRound> running = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /**
     * Creates one.
     *
     * @param clock tells when a probe ended and how long it took
     */
    public OnDemandProbes(Clock clock) {
        this.clock = clock;
    }

    /**
     * Probes all members of a pair and waits for them, no longer than the probe's time-out.
     *
     * @param pool the pair
     * @param probe what to ask; its interval, threshold, port and {@code minServers} mean nothing here
     * @return what was found, in the order of {@link UpstreamPool#members}; empty if {@link #close} or an interrupt ended
     *     it
     */
    public Optional<List<AddressHealth>> probe(UpstreamPool pool, Probe probe) {
        BackendHttpSettings settings = asked(pool.settings(), probe);
        BackendTls tls = unchecked(settings);
        ProbeRound round = new ProbeRound(
                pool.members().stream()
                        .map(member -> new ProbeRound.Asked(
                                member,
                                member.socketAddress().map(at -> ProbeRequest.of(settings, tls, pool.rules(), member))))
                        .toList(),
                clock);
        running.add(round);
        try {
            if (isClosed) {
                round.interrupt();
            }
            return round.run(probe.timing().timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            running.remove(round);
        }
    }

    private static BackendHttpSettings asked(BackendHttpSettings settings, Probe probe) {
        return new BackendHttpSettings(
                settings.name(),
                settings.port(),
                probe.protocol(),
                settings.requestTimeout(),
                probe,
                settings.hostOverride(),
                settings.path(),
                settings.affinity(),
                settings.draining(),
                new BackendTlsRules(List.of(), false, false, settings.tls().sniName()),
                settings.dedicatedBackendConnection());
    }

    private static BackendTls unchecked(BackendHttpSettings settings) {
        try {
            return new BackendTls(settings, LocalSettings.DEFAULT);
        } catch (TlsConfigurationException e) {
            throw new IllegalStateException("trust that checks nothing cannot be built", e); // it has no roots to read
        }
    }

    /** Ends all probes on their way and waits a moment until their threads are gone. Later ones are not made. */
    @Override
    public void close() {
        isClosed = true;
        running.forEach(ProbeRound::interrupt);
        running.forEach(ProbeRound::awaitEnd);
    }
}
