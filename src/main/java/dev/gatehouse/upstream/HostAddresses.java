package dev.gatehouse.upstream;

import dev.gatehouse.threads.OwnThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses behind names of backends (REQ-34). A name that somebody follows is looked up at once and from then on
 * whenever Java's own cache has forgotten it ({@code networkaddress.cache.ttl}, 30 s where that is not set: Java tells
 * nobody the time to live of a record). If a look-up fails the last known addresses stay (PRB-14); a name that has none
 * is asked for again soon. Never asked by a request. Thread-safe.
 */
public final class HostAddresses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostAddresses.class);
    private static final Duration DEFAULT_TTL = Duration.ofSeconds(30);
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_WITHOUT = Duration.ofSeconds(5);
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);
    private static final long AFTER_EXPIRY_MILLIS = 50;
    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 60;

    private final Map<String, Name> names = new ConcurrentHashMap<>();
    private final LookUp lookUp;
    private final Duration ttl;
    private final OwnThreads own = OwnThreads.named("gatehouse-names");
    private final ScheduledThreadPoolExecutor threads;

    /** Asks the name service. */
    @FunctionalInterface
    interface LookUp {
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    /** Hears where a name is. Called on a look-up thread, or by {@link #follow} if it is known. */
    @FunctionalInterface
    interface Follower {
        /**
         * Where a name is now.
         *
         * @param host the name
         * @param found what is known of it
         */
        void resolved(String host, Found found);
    }

    /**
     * What is known of a name.
     *
     * @param addresses all of them, in the order of the name service; empty if it never had one
     * @param failure why the last look-up failed; null if it did not
     */
    record Found(List<InetAddress> addresses, @Nullable String failure) {
        boolean isSamePlace(Found other) {
            return addresses.size() == other.addresses.size() && addresses.containsAll(other.addresses);
        }
    }

    /** One name with those who follow it. */
    private static final class Name {
        private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Found found;
    }

    /** Creates one that asks the name service of this machine. */
    public HostAddresses() {
        this(InetAddress::getAllByName, javaTtl());
    }

    HostAddresses(LookUp lookUp, Duration ttl) {
        this.lookUp = lookUp;
        this.ttl = ttl;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, own);
        threads.setRemoveOnCancelPolicy(true);
        threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS); // a configuration without names needs no thread
        threads.allowCoreThreadTimeOut(true);
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // closed: nobody wants to know
    }

    /** How long Java keeps what it found: asking sooner would give the same again. */
    private static Duration javaTtl() {
        String seconds = Security.getProperty("networkaddress.cache.ttl");
        return ttl(seconds != null ? seconds : System.getProperty("sun.net.inetaddr.ttl"));
    }

    static Duration ttl(@Nullable String seconds) {
        if (seconds == null || seconds.isBlank()) {
            return DEFAULT_TTL;
        }
        try {
            long count = Long.parseLong(seconds.strip());
            Duration asked = Duration.ofSeconds(count);
            return count < 0 ? FOREVER : asked.compareTo(SHORTEST_TTL) < 0 ? SHORTEST_TTL : asked;
        } catch (NumberFormatException e) {
            LOG.warn("networkaddress.cache.ttl: {} is no number of seconds; names are kept for 30 s", seconds);
            return DEFAULT_TTL;
        }
    }

    /** From now on tells where a name is: now if it is known, and after each change. */
    void follow(String host, Follower follower) {
        Name name = names.computeIfAbsent(host, key -> new Name());
        boolean isNew = name.followers.isEmpty();
        name.followers.add(follower);
        names.put(host, name); // the last follower may have left just now
        @Nullable Found known = name.found;
        if (known != null) {
            follower.resolved(host, known);
        }
        if (isNew) {
            later(host, name, 0);
        }
    }

    /** Tells no more. */
    void leave(String host, Follower follower) {
        @Nullable Name name = names.get(host);
        if (name != null) {
            name.followers.remove(follower);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() reports what the future would hide
    private void later(String host, Name name, long delayMillis) {
        try {
            threads.schedule(() -> look(host, name), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is not looked up any more", host, e);
        }
    }

    private void look(String host, Name name) {
        if (name.followers.isEmpty()) {
            names.remove(host, name); // nobody is interested any more; the next follower begins anew
            return;
        }
        try {
            lookUp(host, name);
        } catch (RuntimeException e) {
            LOG.error("looking up {} failed", host, e); // one bad name must not end the looking
        }
        @Nullable Found found = name.found;
        Duration wait = found == null || found.addresses().isEmpty() ? shorter(ttl, LONGEST_WITHOUT) : ttl;
        later(host, name, wait.toMillis() + AFTER_EXPIRY_MILLIS);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void lookUp(String host, Name name) {
        @Nullable Found before = name.found;
        Found now = ask(host, before);
        name.found = now;
        if (before == null || !now.isSamePlace(before) || before.addresses().isEmpty()) {
            log(host, before, now);
            name.followers.forEach(follower -> follower.resolved(host, now));
        } else if (now.failure() != null && before.failure() == null) {
            LOG.warn("{} cannot be looked up ({}); staying with {}", host, now.failure(), now.addresses());
        } else if (now.failure() == null && before.failure() != null) {
            LOG.info("{} can be looked up again; it is still at {}", host, now.addresses());
        }
    }

    private Found ask(String host, @Nullable Found before) {
        try {
            return new Found(List.of(lookUp.addressesOf(host)), null);
        } catch (UnknownHostException e) {
            return new Found(before == null ? List.of() : before.addresses(), "the name is unknown");
        } catch (SecurityException | IllegalArgumentException e) {
            return new Found(before == null ? List.of() : before.addresses(), String.valueOf(e.getMessage()));
        }
    }

    private static void log(String host, @Nullable Found before, Found now) {
        if (now.addresses().isEmpty()) {
            if (before == null) {
                LOG.warn("{} cannot be looked up ({}); asking again", host, now.failure());
            }
        } else if (before != null) {
            LOG.info("{} is at {} now, was at {}", host, now.addresses(), before.addresses());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        if (!own.awaitEnd(LONGEST_END)) {
            LOG.warn("a name look-up still hangs; its thread ends with it");
        }
    }
}
