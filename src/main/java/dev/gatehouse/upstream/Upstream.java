package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * One member of an {@link UpstreamPool}, or one address of a member that is given by name (REQ-34): the unit that a
 * probe judges (PRB-1). Where it is never changes; its health does, and how much it has to do. Thread-safe.
 */
public final class Upstream {
    private final Target.Forward pair;
    private final Place place;
    private final String configuredText;
    private final @Nullable InetSocketAddress socketAddress;
    private final @Nullable HttpRoute plainRoute;
    private final String text;
    private final long hash;
    private final Load load;
    private volatile Health health = Health.UNKNOWN;
    private volatile long drainedNanos;
    private volatile @Nullable ProbeRecord lastProbe;
    private volatile @Nullable Instant lastChange;
    private long failureNumber; // guarded by the pool's health lock

    private Upstream(Target.Forward pair, Place place, @Nullable InetAddress at, Load load) {
        this.configuredText = HostText.join(place.address().host(), place.port());
        this.pair = pair;
        this.place = place;
        this.socketAddress = at == null ? null : new InetSocketAddress(at, place.dialPort());
        this.plainRoute = at == null ? null : new HttpRoute(httpHost("http", place, at));
        this.text = at == null || !place.isNamed() ? place.toString() : place + "(" + at.getHostAddress() + ")";
        this.hash = ClientHash.of(text);
        this.load = load;
    }

    /**
     * Creates one, of unknown health.
     *
     * @param pair pool and settings it belongs to
     * @param place where it is
     * @param at the address that its name was found to have
     */
    Upstream(Target.Forward pair, Place place, InetAddress at) {
        this(pair, place, at, new Load());
    }

    /** One that is at an address already, or one of a name that is still to be looked up. */
    static Upstream of(Target.Forward pair, Place place) {
        return new Upstream(pair, place, place.isNamed() ? null : literal(place.dialHost()), new Load());
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host); // never looked up
        } catch (UnknownHostException e) {
            return null; // the zone of a link-local address that this machine does not have
        }
    }

    /**
     * The same member with the same work, to be judged anew: what it was asked has changed. If it was healthy, it has the
     * credit of a healthy one until its new probe has failed often enough.
     */
    Upstream judgedAnew(Target.Forward by) {
        @Nullable InetSocketAddress at = socketAddress;
        Upstream same = new Upstream(by, place, at == null ? null : at.getAddress(), load);
        if (health == Health.HEALTHY) {
            same.health = Health.HEALTHY;
            same.lastChange = lastChange;
        }
        return same;
    }

    /**
     * The pool it is a member of.
     *
     * @return name of the pool
     */
    public String poolName() {
        return pair.pool().name();
    }

    /**
     * Whether another one is the same member of the same pair, as another configuration has it.
     *
     * @param other any upstream
     * @return true for the same names, place and address
     */
    public boolean isSameMember(Upstream other) {
        return pair.pool().name().equals(other.pair.pool().name())
                && pair.settings().name().equals(other.pair.settings().name())
                && text.equals(other.text);
    }

    private static HttpHost httpHost(String scheme, Place place, InetAddress at) {
        return new HttpHost(scheme, at, place.dialHost(), place.dialPort());
    }

    /**
     * Pool and settings it belongs to.
     *
     * @return as configured when it was made
     */
    public Target.Forward pair() {
        return pair;
    }

    /**
     * Where it is.
     *
     * @return equal for the same member of another configuration
     */
    public Place place() {
        return place;
    }

    /**
     * The member as configured; its host is what logs, reports and host rules name.
     *
     * @return host and perhaps port
     */
    public BackendAddress address() {
        return place.address();
    }

    /**
     * The port traffic goes to, before the address map.
     *
     * @return 1-65535
     */
    public int port() {
        return place.port();
    }

    /**
     * The host connections are made to.
     *
     * @return FQDN or IP literal
     */
    public String dialHost() {
        return place.dialHost();
    }

    /**
     * The port connections are made to; a probe may ask for another one (PRB-5).
     *
     * @return 1-65535
     */
    public int dialPort() {
        return place.dialPort();
    }

    /**
     * Where connections go.
     *
     * @return empty while its name has no known address; it takes no traffic then
     */
    public Optional<InetSocketAddress> socketAddress() {
        return Optional.ofNullable(socketAddress);
    }

    @Nullable
    InetAddress at() {
        return socketAddress == null ? null : socketAddress.getAddress();
    }

    /**
     * The member as configured, whatever addresses stand behind its name.
     *
     * @return host and port
     */
    public String configuredText() {
        return configuredText;
    }

    /** A request or session of it begins; {@link #ended} must follow, once. */
    public void begun() {
        load.inFlight().incrementAndGet();
    }

    /** A request or session of it is over, however it ended. */
    public void ended() {
        load.inFlight().decrementAndGet();
    }

    /**
     * How many requests and WebSocket sessions it has now (REQ-36).
     *
     * @return 0 if it is idle
     */
    public int inFlight() {
        return load.inFlight().get();
    }

    /**
     * Whether it comes last in the order of tries because it could not be connected to.
     *
     * @return told of every attempt to connect
     */
    public Rest rest() {
        return load.rest();
    }

    /** The same for the same member in every process. */
    long hash() {
        return hash;
    }

    /**
     * What probes last said.
     *
     * @return the current health
     */
    public Health health() {
        return health;
    }

    /**
     * When its health last changed.
     *
     * @return empty while it is unknown from the start
     */
    public Optional<Instant> lastChange() {
        return Optional.ofNullable(lastChange);
    }

    /**
     * What the last probe found.
     *
     * @return empty before the first one ended
     */
    public Optional<ProbeRecord> lastProbe() {
        return Optional.ofNullable(lastProbe);
    }

    /**
     * A probe of it ended.
     *
     * @param record what it found
     */
    public void probed(ProbeRecord record) {
        lastProbe = record;
    }

    /** The route of a pooled connection without TLS. Only if it has an address. */
    HttpRoute plainRoute() throws UnknownHostException {
        if (plainRoute == null) {
            throw noAddress();
        }
        return plainRoute;
    }

    /** The host to connect to by TLS. Only if it has an address. */
    HttpHost secureHost() throws UnknownHostException {
        @Nullable InetAddress at = at();
        if (at == null) {
            throw noAddress();
        }
        return httpHost("https", place, at);
    }

    /** Its address as a literal, for connections that ask for no name. Only if it has an address. */
    String literal() throws UnknownHostException {
        @Nullable InetAddress at = at();
        if (at == null) {
            throw noAddress();
        }
        String text = at.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private UnknownHostException noAddress() {
        return new UnknownHostException(place.dialHost() + " has no known address");
    }

    void become(Health next) {
        if (next != health) {
            lastChange = Instant.now();
            health = next;
        }
    }

    /** It was taken out and has so much time for what it is at. */
    void drain(Duration timeout) {
        if (health != Health.DRAINING) {
            drainedNanos = System.nanoTime() + timeout.toNanos();
            become(Health.DRAINING);
        }
    }

    /** Whether clients that are bound to it may still come (REQ-35): it is draining and its time is not over. */
    boolean isDraining() {
        return health == Health.DRAINING && System.nanoTime() - drainedNanos < 0;
    }

    /** Remembers the order in which members of the pool became unhealthy (PRB-13). */
    void failed(long number) {
        failureNumber = number;
    }

    long failureNumber() {
        return failureNumber;
    }

    @Override
    public String toString() {
        return text;
    }
}
