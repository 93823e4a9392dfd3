package dev.gatehouse.upstream;

import dev.gatehouse.model.HostText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses behind names of backends (REQ-34). A name is looked up by whoever asks for it first, mostly a probe, and
 * from then on every 30 s in the background; if that fails the last known addresses stay (PRB-14). Connections to a name
 * go to its addresses in turn. Thread-safe.
 */
public final class HostAddresses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostAddresses.class);
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final LookUp lookUp;
    private final ScheduledThreadPoolExecutor refresher;
    private final AtomicBoolean isRefreshing = new AtomicBoolean();

    /** Asks the name service. */
    @FunctionalInterface
    interface LookUp {
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    /** Addresses of a name, and whose turn it is. */
    private static final class Known {
        private final AtomicInteger turn = new AtomicInteger();
        private volatile List<InetAddress> addresses;

        Known(List<InetAddress> addresses) {
            this.addresses = addresses;
        }
    }

    /** Creates one that asks the name service of this machine. */
    public HostAddresses() {
        this(InetAddress::getAllByName);
    }

    HostAddresses(LookUp lookUp) {
        this.lookUp = lookUp;
        this.refresher = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gatehouse-names");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * All addresses of a host, the one whose turn it is first. Blocks only if the name is new.
     *
     * @param host FQDN or IP literal
     * @return at least one
     * @throws UnknownHostException if a new name has no address
     */
    List<InetAddress> of(String host) throws UnknownHostException {
        @Nullable Known entry = known.get(host);
        if (entry == null) {
            Known found = new Known(familyByFamily(lookUp.addressesOf(host)));
            @Nullable Known other = known.putIfAbsent(host, found);
            refreshFromNowOn(host);
            return inTurn(other == null ? found : other);
        }
        return inTurn(entry);
    }

    // A configuration without names needs no thread.
    @SuppressWarnings("FutureReturnValueIgnored") // refresh() reports what the future would hide
    private void refreshFromNowOn(String host) {
        if (!HostText.isIpLiteral(host) && isRefreshing.compareAndSet(false, true)) {
            refresher.scheduleWithFixedDelay(this::refresh, REFRESH.toSeconds(), REFRESH.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static List<InetAddress> inTurn(Known entry) {
        List<InetAddress> addresses = entry.addresses;
        if (addresses.size() == 1) {
            return addresses;
        }
        int taking = sameFamily(addresses);
        int first = Math.floorMod(entry.turn.getAndIncrement(), taking);
        List<InetAddress> all = new ArrayList<>(addresses);
        Collections.rotate(all.subList(0, taking), -first);
        return all;
    }

    // A name has often an IPv6 address that leads nowhere: the family that the platform puts first takes the turns.
    private static List<InetAddress> familyByFamily(InetAddress[] found) {
        List<InetAddress> all = new ArrayList<>(List.of(found));
        int preferred = found[0].getAddress().length;
        all.sort(Comparator.comparing(address -> address.getAddress().length != preferred)); // stable
        return List.copyOf(all);
    }

    private static int sameFamily(List<InetAddress> addresses) {
        int length = addresses.get(0).getAddress().length;
        int count = 1;
        while (count < addresses.size() && addresses.get(count).getAddress().length == length) {
            count++;
        }
        return count;
    }

    /**
     * All socket addresses of a member, the one whose turn it is first. Blocks only if its name is new.
     *
     * @param member the member
     * @return at least one
     * @throws UnknownHostException if its name is new and has no address
     */
    public List<InetSocketAddress> of(Upstream member) throws UnknownHostException {
        return of(member.dialHost()).stream()
                .map(address -> new InetSocketAddress(address, member.dialPort()))
                .toList();
    }

    /**
     * The address of a host whose turn it is. Blocks only if the name is new.
     *
     * @param host FQDN or IP literal
     * @return one of its addresses
     * @throws UnknownHostException if a new name has no address
     */
    public InetAddress next(String host) throws UnknownHostException {
        return of(host).get(0);
    }

    /** Asks again for every name. */
    void refresh() {
        known.forEach((host, entry) -> {
            if (!HostText.isIpLiteral(host)) {
                refresh(host, entry);
            }
        });
    }

    private void refresh(String host, Known entry) {
        try {
            List<InetAddress> now = familyByFamily(lookUp.addressesOf(host));
            if (now.size() != entry.addresses.size() || !entry.addresses.containsAll(now)) {
                LOG.info("{} is at {} now, was at {}", host, now, entry.addresses);
                entry.addresses = now;
            }
        } catch (UnknownHostException e) {
            LOG.warn("{} cannot be looked up ({}); staying with {}", host, e.getMessage(), entry.addresses);
        } catch (RuntimeException e) {
            LOG.error("looking up {} failed", host, e); // one bad name must not end the refreshing of the others
        }
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
