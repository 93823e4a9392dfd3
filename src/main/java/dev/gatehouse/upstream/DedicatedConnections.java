package dev.gatehouse.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Backend connections that belong to one client connection each and end with it (REQ-44): a backend may have bound an
 * identity to one, so it is never another client's. Whoever takes one has it alone; two requests that a client sends at
 * once on one connection (HTTP/2) do not share it. Thread-safe.
 */
final class DedicatedConnections implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ConcurrentHashMap<String, Kept> byClient = new ConcurrentHashMap<>();
    private final Duration idleLimit;
    private final Consumer<ConnectionEndpoint> cut;
    private final Future<?> looking;

    /** A connection at rest. */
    record Kept(ClientConnection owner, Upstream member, HttpRoute route, ConnectionEndpoint endpoint, long since) {}

    /**
     * Creates it without connections.
     *
     * @param idleLimit longest rest, for containers that do not tell when a client is gone
     * @param cut ends a connection
     * @param timer looks for clients that have gone
     */
    DedicatedConnections(Duration idleLimit, Consumer<ConnectionEndpoint> cut, BackendTimer timer) {
        this.idleLimit = idleLimit;
        this.cut = cut;
        this.looking = timer.every(LOOK, () -> cutAbandoned(System.nanoTime()));
    }

    /** The member that a client connection's own connection leads to. */
    Optional<Upstream> memberOf(ClientConnection owner) {
        return Optional.ofNullable(byClient.get(owner.id())).map(Kept::member);
    }

    /** Takes a client's connection if it leads where this request goes; cuts it if it leads elsewhere. */
    @Nullable
    Kept take(ClientConnection owner, Upstream member, HttpRoute route) {
        @Nullable Kept kept = byClient.remove(owner.id());
        if (kept == null) {
            return null;
        }
        if (kept.member().place().equals(member.place()) && kept.route().equals(route)) {
            return kept;
        }
        cut.accept(kept.endpoint());
        return null;
    }

    /** Where a connection of this client goes after its exchange. */
    ConnectionKeeper keeperFor(ClientConnection owner, Upstream member, HttpRoute route) {
        return new ConnectionKeeper() {
            @Override
            public void release(ConnectionEndpoint endpoint) {
                keep(new Kept(owner, member, route, endpoint, System.nanoTime()));
            }

            @Override
            public void discard(ConnectionEndpoint endpoint) {
                cut.accept(endpoint);
            }
        };
    }

    private void keep(Kept next) {
        if (looking.isDone()
                || !next.owner().isKnown()
                || !next.owner().isOpen().getAsBoolean()) {
            cut.accept(next.endpoint());
            return;
        }
        @Nullable Kept before = byClient.put(next.owner().id(), next);
        if (before != null) {
            cut.accept(before.endpoint());
        }
    }

    /** Ends what no client will ask for again. */
    void cutAbandoned(long nowNanos) {
        byClient.forEach((id, kept) -> {
            boolean isIdle = nowNanos - kept.since() > idleLimit.toNanos();
            if ((isIdle || !kept.owner().isOpen().getAsBoolean()) && byClient.remove(id, kept)) {
                cut.accept(kept.endpoint());
            }
        });
    }

    /** How many rest now. */
    int size() {
        return byClient.size();
    }

    @Override
    public void close() {
        looking.cancel(false);
        byClient.forEach((id, kept) -> {
            if (byClient.remove(id, kept)) {
                cut.accept(kept.endpoint());
            }
        });
    }
}
