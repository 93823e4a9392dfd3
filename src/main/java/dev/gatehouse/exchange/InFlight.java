package dev.gatehouse.exchange;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The requests that are being forwarded, so that those whose backend goes away can be cut (REQ-37). Thread-safe. */
public final class InFlight {
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();

    /**
     * It is to be forwarded; {@link #ended} must follow.
     *
     * @param exchange one with a route
     */
    public void begun(Exchange exchange) {
        exchanges.add(exchange);
    }

    /**
     * It is over.
     *
     * @param exchange what began
     */
    public void ended(Exchange exchange) {
        exchanges.remove(exchange);
    }

    /**
     * How many there are.
     *
     * @return 0 if nothing is being forwarded
     */
    public int count() {
        return exchanges.size();
    }

    /**
     * How many there are of each listener.
     *
     * @return by name of the listener; none with 0
     */
    public Map<String, Integer> countByListener() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Exchange exchange : exchanges) {
            counts.merge(exchange.route().listener().name(), 1, Integer::sum);
        }
        return counts;
    }

    /**
     * Lets those go that must, and takes back the farewell of those that need not after all.
     *
     * @param judge says why one must end; empty if it may go on
     * @return how many must end, by reason
     */
    public Map<String, Integer> depart(Function<Position, Optional<Departure>> judge) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Exchange exchange : exchanges) {
            Optional<Departure> departure = exchange.position().flatMap(judge);
            exchange.departs(departure);
            departure.ifPresent(end -> counts.merge(end.why(), 1, Integer::sum));
        }
        return counts;
    }

    /** Ends those whose time is over. */
    public void cutOverdue() {
        long now = System.nanoTime();
        for (Exchange exchange : exchanges) {
            if (exchange.isOverdue(now)) {
                exchange.cut();
            }
        }
    }

    /**
     * Whether one began before a time.
     *
     * @param nanos against {@link System#nanoTime}
     * @return true if there is one
     */
    public boolean hasOlder(long nanos) {
        for (Exchange exchange : exchanges) {
            if (exchange.isOlder(nanos)) {
                return true;
            }
        }
        return false;
    }

    /** Has those that are left no longer wait for their clients: the application is going. */
    public void cutClients() {
        for (Exchange exchange : exchanges) {
            ClientPresence.end(exchange.clientRequest());
        }
    }
}
