package dev.gatehouse.embedded;

import dev.gatehouse.gateway.Sockets;
import dev.gatehouse.model.AdminSettings;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.ListenAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a gateway in the jar, from its start over all reloads to its end. What stays the same keeps its
 * connector and with it every connection. Thread-safe: a stop may come in the middle of a reload.
 */
final class LiveSockets implements Sockets {
    private static final long REOPEN_NANOS = 1_000_000_000L;
    private static final long REOPEN_PAUSE_MILLIS = 20;

    // Held around binding and closing on purpose: who stops must not overlook a socket that is just being opened.
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<ListenAddress, OpenSocket> open = new LinkedHashMap<>(); // guarded by changing
    private SocketPlan current; // guarded by changing
    private @Nullable Running running; // guarded by changing; absent before the start and after the end
    private volatile Optional<ListenAddress> admin = Optional.empty(); // asked for with every request

    private record Running(TomcatServer tomcat, RetiredSockets retired) {}

    /** Sockets that are planned and not open yet. */
    LiveSockets(SocketPlan first) {
        this.current = first;
    }

    /**
     * Opens all of them.
     *
     * @param tomcat runs already
     * @throws StartRefusedException if one cannot be had; the caller ends the server then
     */
    void start(TomcatServer tomcat) throws StartRefusedException {
        changing.lock();
        try {
            for (ListenerSocket socket : current.all()) {
                OpenSocket opened = tomcat.open(socket);
                opened.admit();
                open.put(socket.address(), opened);
            }
            running = new Running(tomcat, new RetiredSockets(tomcat));
            admin = boundAdmin();
        } finally {
            changing.unlock();
        }
    }

    /** Ends the server with all sockets, within the time that the present configuration gives. */
    void stop() {
        @Nullable Running ending;
        SocketPlan last;
        changing.lock();
        try {
            ending = running;
            last = current;
            running = null;
        } finally {
            changing.unlock();
        }
        if (ending != null) {
            ending.tomcat().stop(last.configuration().local().shutdown().timeout());
        }
    }

    /** Those that are open now for listeners, in rule order, then the admin socket. */
    List<OpenSocket> open() {
        changing.lock();
        try {
            return current.all().stream()
                    .flatMap(socket -> Optional.ofNullable(open.get(socket.address())).stream())
                    .toList();
        } finally {
            changing.unlock();
        }
    }

    private Optional<ListenAddress> boundAdmin() {
        return open.values().stream()
                .filter(socket -> socket.socket().use() == ListenerSocket.Use.ADMIN)
                .map(socket -> new ListenAddress(socket.socket().address().address(), socket.localPort()))
                .findFirst();
    }

    @Override
    public Optional<ListenAddress> admin(AdminSettings settings) {
        return admin; // as it is bound, not as the settings say
    }

    @Override
    public Plan plan(GatewayConfiguration configuration) throws RefusedException {
        changing.lock();
        try {
            requireRunning();
            SocketPlan next = SocketPlan.of(configuration, current.selfSigned().next());
            return new Change(next, SocketChanges.between(open.values(), next.all()), current.shut());
        } catch (StartRefusedException e) {
            throw new RefusedException(e.reasons());
        } finally {
            changing.unlock();
        }
    }

    private Running requireRunning() throws RefusedException {
        Running present = running;
        if (present == null) {
            throw new RefusedException(
                    List.of("the gateway is starting or stopping; ask again when it says that it is ready."));
        }
        return present;
    }

    private final class Change implements Plan {
        private final SocketPlan next;
        private final SocketChanges changes;
        private final List<String> notes;
        private final List<OpenSocket> opened = new ArrayList<>();

        Change(SocketPlan next, SocketChanges changes, List<String> formerlyShut) {
            this.next = next;
            this.changes = changes;
            this.notes = new ArrayList<>(changes.notes());
            next.shut().stream().filter(line -> !formerlyShut.contains(line)).forEach(notes::add);
        }

        @Override
        public GatewayConfiguration configuration() {
            return next.configuration();
        }

        @Override
        public List<String> notes() {
            return List.copyOf(notes);
        }

        @Override
        public void open() throws RefusedException {
            changing.lock();
            try {
                Running present = requireRunning();
                Ports.requireFree(changes.added());
                for (ListenerSocket socket : changes.added()) {
                    opened.add(present.tomcat().open(socket));
                }
            } catch (StartRefusedException e) {
                closeOpened();
                throw new RefusedException(e.reasons());
            } finally {
                changing.unlock();
            }
        }

        @Override
        public List<String> commit() {
            changing.lock();
            try {
                return running == null ? List.of() : commit(running); // all of them are closed already
            } finally {
                changing.unlock();
            }
        }

        private List<String> commit(Running present) {
            List<String> failures = new ArrayList<>();
            for (OpenSocket socket : changes.removed()) {
                open.remove(socket.socket().address());
                socket.stopListening();
                present.retired().add(socket);
            }
            changes.replaced()
                    .forEach(
                            socket -> reopen(present.tomcat(), socket, failures).ifPresent(opened::add));
            changes.kept().forEach(OpenSocket::adopt);
            for (OpenSocket socket : opened) {
                open.put(socket.socket().address(), socket);
                socket.admit();
            }
            current = next;
            admin = boundAdmin();
            present.tomcat().refreshPages();
            return failures;
        }

        @Override
        public void undo() {
            changing.lock();
            try {
                closeOpened();
            } finally {
                changing.unlock();
            }
        }

        private void closeOpened() {
            @Nullable Running present = running;
            if (present != null) {
                opened.forEach(present.tomcat()::close);
            }
            opened.clear();
        }
    }

    // The address was ours a moment ago, so it is free as soon as the system has let go of it: a thread that was
    // accepting may hold it a little longer. If others hold a part of it, that shows only now.
    private static Optional<OpenSocket> reopen(TomcatServer tomcat, ListenerSocket socket, List<String> failures) {
        long deadline = System.nanoTime() + REOPEN_NANOS;
        while (true) {
            try {
                Ports.requireFree(List.of(socket));
                return Optional.of(tomcat.open(socket));
            } catch (StartRefusedException e) {
                if (System.nanoTime() - deadline > 0 || !isPauseOver()) {
                    failures.add(e.getMessage() + " The rest is served; reload again once that is cured.");
                    return Optional.empty();
                }
            }
        }
    }

    private static boolean isPauseOver() {
        try {
            Thread.sleep(REOPEN_PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
