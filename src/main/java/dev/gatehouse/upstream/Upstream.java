package dev.gatehouse.upstream;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.HostText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;

/**
 * One member of an {@link UpstreamPool}: the unit that a probe judges (PRB-1). Where it is never changes; its health
 * does. Thread-safe.
 */
public final class Upstream {
    private final BackendAddress address;
    private final int port;
    private final BackendAddress dial;
    private final HttpRoute plainRoute;
    private volatile Health health = Health.UNKNOWN;
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

    /**
     * Resolves the address to connect to. Blocks while the name is looked up.
     *
     * @return a resolved socket address
     * @throws UnknownHostException if the name has no address
     */
    public InetSocketAddress resolve() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(dialHost()), dialPort());
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
        health = next;
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
