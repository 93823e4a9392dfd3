package dev.gatehouse.upstream;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.Target;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * One (pool, settings) pair at run time: its members, who of them may take traffic, and whose turn it is. Thread-safe;
 * selection takes no lock.
 */
public final class UpstreamPool {
    private final Target.Forward pair;
    private final BackendClient client;
    private final List<Upstream> members;
    private final UpstreamListener listener;
    private final AtomicInteger turn = new AtomicInteger();
    private final ReentrantLock healthLock = new ReentrantLock();
    private long failures; // guarded by healthLock
    private volatile Upstream[] eligible = new Upstream[0];

    /**
     * Creates a pool whose members are all of unknown health.
     *
     * @param pair the configured pool and settings
     * @param addresses where members really are
     * @param client connections for these settings
     * @param listener hears of health changes
     */
    public UpstreamPool(Target.Forward pair, AddressMap addresses, BackendClient client, UpstreamListener listener) {
        this.pair = pair;
        this.client = client;
        this.listener = listener;
        this.members = membersOf(pair, addresses);
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

    /**
     * The next member whose turn it is (REQ-34): round robin over those that may take traffic.
     *
     * @return a member; empty if none may (REQ-38, WS-4)
     */
    public Optional<Upstream> select() {
        Upstream[] candidates = eligible;
        return candidates.length == 0 ? Optional.empty() : Optional.of(inTurn(candidates, turn.getAndIncrement()));
    }

    /**
     * Whose turn it is (REQ-34).
     *
     * @param candidates members that may take traffic, at least one
     * @param turn how many requests the pool has had, as a number that may overflow
     * @return the one at that place of the round
     */
    public static Upstream inTurn(Upstream[] candidates, int turn) {
        return candidates[Math.floorMod(turn, candidates.length)];
    }

    /**
     * A member for the second and last try (REQ-38).
     *
     * @param tried the member that failed
     * @return another member; empty if there is no other
     */
    public Optional<Upstream> selectOther(Upstream tried) {
        Upstream[] candidates = eligible;
        int start = turn.getAndIncrement();
        for (int i = 0; i < candidates.length; i++) {
            Upstream candidate = inTurn(candidates, start + i);
            if (candidate != tried) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
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

    private Upstream[] eligibleMembers() {
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
        return members.stream().filter(served::contains).toArray(Upstream[]::new);
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

    /**
     * The settings of the pair.
     *
     * @return the settings
     */
    public BackendHttpSettings settings() {
        return pair.settings();
    }

    /**
     * Connections to the members.
     *
     * @return shared by all pools with these settings
     */
    public BackendClient client() {
        return client;
    }

    @Override
    public String toString() {
        return pair.pool().name() + "~" + pair.settings().name();
    }
}
