package dev.gatehouse.proxy;

import dev.gatehouse.exchange.ClientPresence;
import dev.gatehouse.upstream.Patience;
import jakarta.servlet.http.HttpServletRequest;

/** Waits for a backend as long as the client does (REQ-38, client gone first). Immutable. */
record ClientWatch(HttpServletRequest request, Thread server) implements Patience {
    static ClientWatch here(HttpServletRequest request) {
        return new ClientWatch(request, Thread.currentThread());
    }

    /** Containers are asked by their own thread alone; another one reads from the backend while this one writes. */
    @Override
    public boolean isWorthWaiting() {
        return Thread.currentThread() != server || !ClientPresence.hasLeft(request);
    }
}
