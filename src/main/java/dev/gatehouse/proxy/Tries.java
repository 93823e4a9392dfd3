package dev.gatehouse.proxy;

import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.upstream.Upstream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked next when a try failed (REQ-38). At most one re-send after something was sent; members that cannot be
 * connected to are passed by one after the other, as long as requestTimeout lasts. Confined to one exchange.
 */
final class Tries {
    private static final int MOST_DEAD_CONNECTIONS = 2;

    private final Exchange exchange;
    private final long startNanos = System.nanoTime();
    private boolean hasSentAgain;
    private boolean needsNewConnection;
    private int deadConnections;
    private @Nullable Upstream spared;

    Tries(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The member of the next try. */
    Optional<Upstream> after(FailedTry failed, Upstream tried) {
        needsNewConnection = false;
        return switch (failed.remedy()) {
            case NONE -> Optional.empty();
            case OTHER_MEMBER -> isTimeLeft() ? exchange.selectOther(tried).or(this::spared) : Optional.empty();
            case SEND_TO_OTHER -> maySendAgain() ? exchange.selectOther(tried) : Optional.empty();
            case SEND_ANEW -> maySendAgain() ? elsewhereOrAnew(tried) : Optional.empty();
            case NEW_CONNECTION -> ++deadConnections < MOST_DEAD_CONNECTIONS ? anew(tried) : Optional.empty();
        };
    }

    /** Whether it must not use a pooled connection, which may be as dead as the last one. */
    boolean needsNewConnection() {
        return needsNewConnection;
    }

    // A member that is being killed may still take a new connection and reset that, too; another one is the safer
    // place for the only re-send, unless the client is bound to the one it has.
    private Optional<Upstream> elsewhereOrAnew(Upstream tried) {
        Optional<Upstream> other = exchange.isBound() ? Optional.empty() : exchange.selectOther(tried);
        if (other.isEmpty()) {
            return anew(tried);
        }
        spared = tried;
        needsNewConnection = true; // there will be no other chance
        return other;
    }

    /** Nobody else could be connected to: the one whose pooled connection was dead may be alive all the same. */
    private Optional<Upstream> spared() {
        @Nullable Upstream last = spared;
        spared = null;
        return last == null ? Optional.empty() : anew(last);
    }

    private Optional<Upstream> anew(Upstream tried) {
        needsNewConnection = true;
        return Optional.of(tried);
    }

    private boolean maySendAgain() {
        boolean isFirst = !hasSentAgain;
        hasSentAgain = true;
        return isFirst;
    }

    private boolean isTimeLeft() {
        long limit = exchange.pool().settings().requestTimeout().toNanos();
        return System.nanoTime() - startNanos < limit;
    }
}
