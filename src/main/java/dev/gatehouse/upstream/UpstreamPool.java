package dev.gatehouse.upstream;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.Target;
import dev.gatehouse.upstream.HostAddresses.Follower;
import dev.gatehouse.upstream.HostAddresses.Found;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One (pool, settings) pair at run time: its members, who of them may take traffic, and whose turn it is. A reload makes
 * another one, which takes over the members that are the same. Thread-safe; selection takes no lock.
 */
public final class UpstreamPool implements Selection {
    private final Target.Forward pair;
    private final Parts parts;
    private final List<Place> places;
    private final List<Upstream> removed;
    private final Duration drainTimeout;
    private final Chooser chooser;
    private final Follower follower = this::resolved;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<InetAddress>> known = new HashMap<>(); // guarded by lock
    private long failures; // guarded by lock
    private volatile boolean isServing = true;
    private volatile Members state;

    /**
     * What a pool needs of others.
     *
     * @param addresses where members really are
     * @param client connections for its settings
     * @param names where names are
     * @param listener hears of its members
     * @param secret what affinity cookies are made with (REQ-35)
     * @param rules what decides about health beside the probe
     */
    public record Parts(
            AddressMap addresses,
            BackendClient client,
            HostAddresses names,
            UpstreamListener listener,
            AffinitySecret secret,
            HealthRules rules) {}

    /**
     * Creates a pool whose members are all of unknown health, with affinity cookies and names of its own.
     *
     * @param pair the configured pool and settings
     * @param addresses where members really are
     * @param client connections for these settings
     * @param listener hears of health changes
     */
    public UpstreamPool(Target.Forward pair, AddressMap addresses, BackendClient client, UpstreamListener listener) {
        this(
                pair,
                new Parts(
                        addresses, client, new HostAddresses(), listener, AffinitySecret.random(), HealthRules.DEFAULT),
                null);
    }

    /**
     * Creates a pool. A member that was in the pool before it keeps its work, and its health unless it is asked in
     * another way now (PRB-15); all others are of unknown health.
     *
     * @param pair the configured pool and settings
     * @param parts what it needs of others
     * @param before the pool of the same names in the configuration that is served now; null for none
     */
    public UpstreamPool(Target.Forward pair, Parts parts, @Nullable UpstreamPool before) {
        this.pair = pair;
        this.parts = parts;
        this.places = Place.of(pair, parts.addresses());
        this.chooser = before == null ? new Chooser(Algorithm.ROUND_ROBIN) : before.chooser;
        Succession taken = new Succession(pair, parts, before);
        List<Upstream> members = places.stream().flatMap(taken::membersAt).toList();
        this.removed = taken.left();
        this.drainTimeout = (before == null ? pair.settings() : before.settings())
                .draining()
                .timeout();
        this.state = state(members, List.of());
        places.stream()
                .filter(Place::isNamed)
                .map(Place::dialHost)
                .distinct()
                .forEach(host -> parts.names().follow(host, follower));
    }

    /**
     * The members of a pair, of unknown health, without anything that would probe or connect to them.
     *
     * @param pair the configured pool and settings
     * @param addresses where members really are
     * @return in file order
     */
    public static List<Upstream> membersOf(Target.Forward pair, AddressMap addresses) {
        return Place.of(pair, addresses).stream()
                .map(place -> Upstream.of(pair, place))
                .toList();
    }

    private Members state(List<Upstream> members, List<Upstream> draining) {
        List<Upstream> bound = new ArrayList<>(members);
        bound.addAll(draining);
        return new Members(
                members,
                draining,
                Members.eligible(members, minServers(), rules().optimisticStart()),
                Affinity.of(pair.settings(), bound, parts.secret()));
    }

    private int minServers() {
        Probe probe = pair.settings().probe();
        return probe == null ? 0 : probe.minServers();
    }

    /**
     * Takes the place of the pool before it: members that are gone drain (REQ-37), and what health the others have got
     * meanwhile counts.
     */
    public void takeOver() {
        lock.lock();
        try {
            removed.forEach(member -> member.drain(drainTimeout));
            state = state(state.all(), removed);
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what was found out about its members while another pool had them. */
    public void review() {
        lock.lock();
        try {
            state = state.judgedAnew(minServers(), rules().optimisticStart());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Serves no more: another pool has taken its place, or none will.
     *
     * @param leaving whether its members leave with it and drain
     */
    public void retire(boolean leaving) {
        isServing = false;
        places.forEach(place -> parts.names().leave(place.dialHost(), follower));
        if (leaving) {
            lock.lock();
            try {
                Members last = state;
                last.all().forEach(member -> member.drain(settings().draining().timeout()));
                List<Upstream> draining = new ArrayList<>(last.draining());
                draining.addAll(last.all());
                state = state(List.of(), draining);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public Optional<Upstream> select(String client) {
        return chooser.choose(state.eligible(), client, List.of());
    }

    @Override
    public Optional<Upstream> selectOther(String client, List<Upstream> tried) {
        return chooser.choose(state.eligible(), client, tried);
    }

    @Override
    public boolean mayServe(Upstream member) {
        Members now = state;
        boolean isOurs = now.draining().contains(member) || now.all().contains(member);
        return now.eligible().contains(member) || (isOurs && member.isDraining());
    }

    @Override
    public boolean isSticky() {
        return false;
    }

    @Override
    public Optional<Affinity> affinity() {
        return state.affinity();
    }

    /** Members and who of them takes traffic; another object after each change. */
    Members state() {
        return state;
    }

    /**
     * Records what a probe found; its listener hears of it.
     *
     * @param upstream a member of this pool
     * @param found what was found
     */
    public void probed(Upstream upstream, ProbeRecord found) {
        upstream.probed(found);
        parts.listener().probed(this, upstream, found);
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
        boolean hasLess;
        lock.lock();
        try {
            before = upstream.health();
            if (health == Health.UNHEALTHY && before != health) {
                upstream.failed(++failures);
            }
            if (health == Health.DRAINING) {
                upstream.drain(settings().draining().timeout());
            } else {
                upstream.become(health);
            }
            List<Upstream> left = before == Health.UNKNOWN ? withoutStale(state.all()) : state.all();
            hasLess = left.size() < state.all().size();
            state = hasLess ? state(left, state.draining()) : state.judgedAnew(minServers(), rules().optimisticStart());
        } finally {
            lock.unlock();
        }
        if (before != health) {
            parts.listener().healthChanged(this, upstream, before, cause);
        }
        if (hasLess) {
            parts.listener().membersChanged(this);
        }
    }

    // A name moved. Its new addresses are probed before use (PRB-14); until one has answered, the old ones serve on.
    private void resolved(String host, Found found) {
        if (!isServing) {
            return;
        }
        boolean isChanged;
        lock.lock();
        try {
            List<Upstream> now = found.addresses().isEmpty() ? unresolved(host, found) : moved(host, found.addresses());
            isChanged = !now.equals(state.all());
            if (isChanged) {
                state = state(now, state.draining());
            }
        } finally {
            lock.unlock();
        }
        if (isChanged) {
            parts.listener().membersChanged(this);
        }
    }

    private List<Upstream> unresolved(String host, Found found) {
        String text = "The name " + host + " cannot be resolved: " + found.failure() + ".";
        for (Upstream member : state.all()) {
            if (member.dialHost().equals(host) && member.at() == null) {
                member.probed(ProbeRecord.unresolved(text));
            }
        }
        return state.all();
    }

    private List<Upstream> moved(String host, List<InetAddress> addresses) {
        known.put(host, List.copyOf(addresses));
        List<Upstream> now = new ArrayList<>();
        for (Place place : places) {
            List<Upstream> here = membersAt(place);
            now.addAll(here);
            if (place.dialHost().equals(host)) {
                addresses.stream()
                        .distinct()
                        .filter(at -> here.stream().noneMatch(member -> at.equals(member.at())))
                        .forEach(at -> now.add(new Upstream(pair, place, at)));
            }
        }
        return withoutStale(now);
    }

    private List<Upstream> membersAt(Place place) {
        return state.all().stream()
                .filter(member -> member.place().equals(place))
                .toList();
    }

    private List<Upstream> withoutStale(List<Upstream> all) {
        return all.stream()
                .filter(member -> !isStale(member) || isAwaited(member.place(), all))
                .toList();
    }

    /** Whether its name has moved away from it. */
    private boolean isStale(Upstream member) {
        @Nullable List<InetAddress> addresses = known.get(member.dialHost());
        @Nullable InetAddress at = member.at();
        return addresses != null && member.place().isNamed() && (at == null || !addresses.contains(at));
    }

    /** Whether an address of a place is still to be judged, so that the old ones stand in. */
    private boolean isAwaited(Place place, List<Upstream> all) {
        return all.stream()
                        .anyMatch(member ->
                                member.place().equals(place) && member.health() == Health.HEALTHY && isStale(member))
                && all.stream()
                        .anyMatch(member ->
                                member.place().equals(place) && member.health() == Health.UNKNOWN && !isStale(member));
    }

    /**
     * All members, eligible or not, in file order; a member given by name once for each of its addresses.
     *
     * @return an immutable list
     */
    public List<Upstream> members() {
        return state.all();
    }

    /**
     * Members that a reload took out and that still have work (REQ-37).
     *
     * @return in file order
     */
    public List<Upstream> draining() {
        return state.draining().stream().filter(member -> member.inFlight() > 0).toList();
    }

    /**
     * What decides about health beside the probe.
     *
     * @return the rules
     */
    public HealthRules rules() {
        return parts.rules();
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
        return parts.client();
    }

    /**
     * The name of a pair's pool.
     *
     * @param pair pool and settings
     * @return one for each pair of a configuration
     */
    public static String nameOf(Target.Forward pair) {
        return pair.pool().name() + "~" + pair.settings().name();
    }

    @Override
    public String toString() {
        return nameOf(pair);
    }

    /** What a pool takes from the one before it. Confined to the constructor. */
    private static final class Succession {
        private final Target.Forward pair;
        private final List<Upstream> left;
        private final boolean isAskedAlike;

        Succession(Target.Forward pair, Parts parts, @Nullable UpstreamPool before) {
            this.pair = pair;
            this.left = new ArrayList<>();
            if (before != null) {
                left.addAll(before.state.all());
                left.addAll(before.state.draining());
            }
            this.isAskedAlike = before != null
                    && before.client() == parts.client()
                    && before.rules().isV1() == parts.rules().isV1()
                    && Objects.equals(before.settings().probe(), pair.settings().probe());
        }

        Stream<Upstream> membersAt(Place place) {
            List<Upstream> same =
                    left.stream().filter(member -> member.place().equals(place)).toList();
            left.removeAll(same);
            return same.isEmpty()
                    ? Stream.of(Upstream.of(pair, place))
                    : same.stream().map(this::taken);
        }

        private Upstream taken(Upstream member) {
            boolean isKept = isAskedAlike && member.health() != Health.DRAINING;
            return isKept ? member : member.judgedAnew(pair);
        }

        List<Upstream> left() {
            return left.stream()
                    .filter(member ->
                            member.health() != Health.DRAINING || member.isDraining() || member.inFlight() > 0)
                    .toList();
        }
    }
}
