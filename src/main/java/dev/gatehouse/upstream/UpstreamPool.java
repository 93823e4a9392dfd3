package dev.gatehouse.upstream;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.Target;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * One (pool, settings) pair at run time: its members, who of them may take traffic, and whose turn it is. Thread-safe;
 * selection takes no lock.
 */
public final class UpstreamPool implements Selection {
    private final Target.Forward pair;
    private final BackendClient client;
    private final List<Upstream> members;
    private final UpstreamListener listener;
    private final Chooser chooser = new Chooser(Algorithm.ROUND_ROBIN);
    private final Optional<Affinity> affinity;
    private final ReentrantLock healthLock = new ReentrantLock();
    private long failures; // guarded by healthLock
    private volatile Candidates eligible = Candidates.of();

    /**
     * Creates a pool whose members are all of unknown health, and whose affinity cookies are its own.
     *
     * @param pair the configured pool and settings
     * @param addresses where members really are
     * @param client connections for these settings
     * @param listener hears of health changes
     */
    public UpstreamPool(Target.Forward pair, AddressMap addresses, BackendClient client, UpstreamListener listener) {
        this(pair, addresses, client, listener, AffinitySecret.random());
    }

    /**
     * Creates a pool whose members are all of unknown health.
     *
     * @param pair the configured pool and settings
     * @param addresses where members really are
     * @param client connections for these settings
     * @param listener hears of health changes
     * @param secret what affinity cookies are made with (REQ-35)
     */
    public UpstreamPool(
            Target.Forward pair,
            AddressMap addresses,
            BackendClient client,
            UpstreamListener listener,
            AffinitySecret secret) {
        this.pair = pair;
        this.client = client;
        this.listener = listener;
        this.members = membersOf(pair, addresses);
        this.affinity = Affinity.of(pair.settings(), members, secret);
    }

    /**
     * The members of a pair, of unknown health, without anything that would probe or connect to them.
     *
     * @param pair the configured pool and settings
     * @param addresses where members really are
     * @return in file order
     */
    public static List<Upstream> membersOf(Target.Forward pair, AddressMap addresses) {
        return pair.pool().backendAddresses().stream()
                .map(address -> upstream(address, pair.settings(), addresses))
                .toList();
    }

    private static Upstream upstream(BackendAddress address, BackendHttpSettings settings, AddressMap addresses) {
        Integer own = address.port();
        int port = own == null ? settings.port() : own;
        return new Upstream(address, port, addresses.dial(address.host(), port));
    }

    @Override
    public Optional<Upstream> select(String client) {
        return chooser.choose(eligible, client, List.of());
    }

    @Override
    public Optional<Upstream> selectOther(String client, List<Upstream> tried) {
        return chooser.choose(eligible, client, tried);
    }

    @Override
    public boolean mayServe(Upstream member) {
        return members.contains(member) && (member.health() == Health.DRAINING || eligible.contains(member));
    }

    @Override
    public boolean isSticky() {
        return false;
    }

    @Override
    public Optional<Affinity> affinity() {
        return affinity;
    }

    /** Those that may take traffic now; another object after each change. */
    Candidates eligible() {
        return eligible;
    }

    /**
     * Records a member's health; its listener hears of a change. With {@code minServers} of the probe, members that
     * failed most recently keep their traffic while fewer are healthy (PRB-13); their health is told as it is.
     *
     * @param upstream a member of this pool
     * @param health what probes say now
     * @param cause why, in plain words
     */
    public void become(Upstream upstream, Health health, String cause) {
        Health before;
        healthLock.lock();
        try {
            before = upstream.health();
            if (health == Health.UNHEALTHY && before != health) {
                upstream.failed(++failures);
            }
            upstream.become(health);
            eligible = eligibleMembers();
        } finally {
            healthLock.unlock();
        }
        if (before != health) {
            listener.healthChanged(this, upstream, before, cause);
        }
    }

    private Candidates eligibleMembers() {
        Set<Upstream> served = members.stream()
                .filter(member -> member.health() == Health.HEALTHY)
                .collect(Collectors.toCollection(HashSet::new));
        Probe probe = pair.settings().probe();
        int missing = (probe == null ? 0 : probe.minServers()) - served.size();
        if (missing > 0) {
            members.stream()
                    .filter(member -> member.health() == Health.UNHEALTHY)
                    .sorted(Comparator.comparingLong(Upstream::failureNumber).reversed())
                    .limit(missing)
                    .forEach(served::add);
        }
        return Candidates.of(members.stream().filter(served::contains).toArray(Upstream[]::new));
    }

    /**
     * All members, eligible or not, in file order.
     *
     * @return an immutable list
     */
    public List<Upstream> members() {
        return members;
    }

    /**
     * The configured pair.
     *
     * @return pool and settings
     */
    public Target.Forward pair() {
        return pair;
    }

    @Override
    public BackendHttpSettings settings() {
        return pair.settings();
    }

    @Override
    public BackendClient client() {
        return client;
    }

    @Override
    public String toString() {
        return pair.pool().name() + "~" + pair.settings().name();
    }
}
