package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.HostText;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * One member of an {@link UpstreamPool}: the unit that a probe judges (PRB-1). Where it is never changes; its health
 * does, and how much it has to do. Thread-safe.
 */
public final class Upstream {
    private final BackendAddress address;
    private final int port;
    private final BackendAddress dial;
    private final HttpRoute plainRoute;
    private final long hash;
    private final Rest rest = new Rest(System::nanoTime);
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile Health health = Health.UNKNOWN;
    private volatile @Nullable ProbeRecord lastProbe;
    private volatile @Nullable Instant lastChange;
    private long failureNumber; // guarded by the pool's health lock

    /**
     * Creates one, of unknown health.
     *
     * @param address the member as configured
     * @param port its port: the member's own or that of the settings
     * @param dial where connections go, host and port, after the local address map
     */
    Upstream(BackendAddress address, int port, BackendAddress dial) {
        this.address = address;
        this.port = port;
        this.dial = dial;
        this.plainRoute = new HttpRoute(new HttpHost("http", dial.host(), dialPort()));
        this.hash = ClientHash.of(toString());
    }

    /**
     * The member as configured; its host is what logs, reports and host rules name.
     *
     * @return host and perhaps port
     */
    public BackendAddress address() {
        return address;
    }

    /**
     * The port traffic goes to, before the address map.
     *
     * @return 1-65535
     */
    public int port() {
        return port;
    }

    /**
     * The host connections are made to.
     *
     * @return FQDN or IP literal
     */
    public String dialHost() {
        return dial.host();
    }

    /**
     * The port connections are made to; a probe may ask for another one (PRB-5).
     *
     * @return 1-65535
     */
    public int dialPort() {
        Integer mapped = dial.port();
        return mapped == null ? port : mapped;
    }

    /** A request or session of it begins; {@link #ended} must follow, once. */
    public void begun() {
        inFlight.incrementAndGet();
    }

    /** A request or session of it is over, however it ended. */
    public void ended() {
        inFlight.decrementAndGet();
    }

    /**
     * How many requests and WebSocket sessions it has now (REQ-36).
     *
     * @return 0 if it is idle
     */
    public int inFlight() {
        return inFlight.get();
    }

    /**
     * Whether it comes last in the order of tries because it could not be connected to.
     *
     * @return told of every attempt to connect
     */
    public Rest rest() {
        return rest;
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

    HttpRoute plainRoute() {
        return plainRoute;
    }

    void become(Health next) {
        if (next != health) {
            lastChange = Instant.now();
        }
        health = next;
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

    /** Remembers the order in which members of the pool became unhealthy (PRB-13). */
    void failed(long number) {
        failureNumber = number;
    }

    long failureNumber() {
        return failureNumber;
    }

    @Override
    public String toString() {
        return HostText.join(address.host(), port);
    }
}
