package dev.gatehouse.embedded;

import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.tls.CertificateText;
import dev.gatehouse.tls.ListenerIdentity;
import dev.gatehouse.tls.ListenerKey;
import dev.gatehouse.tls.SocketTls;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the sockets that are open and those of a plan. Immutable once made.
 *
 * @param kept sockets that stay, with what they become
 * @param added sockets whose address is free
 * @param removed sockets to close
 * @param replaced sockets that can be had only when those to close are closed
 * @param notes one line for each change
 */
record SocketChanges(
        Map<OpenSocket, ListenerSocket> kept,
        List<ListenerSocket> added,
        List<OpenSocket> removed,
        List<ListenerSocket> replaced,
        List<String> notes) {

    static SocketChanges between(Collection<OpenSocket> open, List<ListenerSocket> planned) {
        Comparison comparison = new Comparison(open);
        planned.forEach(comparison::look);
        return comparison.end(planned);
    }

    private static final class Comparison {
        private final Map<ListenAddress, OpenSocket> open = new LinkedHashMap<>();
        private final Map<OpenSocket, ListenerSocket> kept = new LinkedHashMap<>();
        private final List<ListenerSocket> reopened = new ArrayList<>();
        private final List<ListenerSocket> fresh = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Comparison(Collection<OpenSocket> sockets) {
            sockets.forEach(socket -> open.put(socket.socket().address(), socket));
        }

        void look(ListenerSocket next) {
            @Nullable OpenSocket present = open.get(next.address());
            if (present == null) {
                fresh.add(next);
                notes.add("opens " + described(next));
                return;
            }
            Optional<String> obstacle = present.obstacle(next);
            if (obstacle.isPresent()) {
                reopened.add(next);
                notes.add("opens " + described(next) + " again, for " + obstacle.get()
                        + "; connections that are open end after their next answer");
            } else {
                kept.put(present, next);
            }
            noteKeys(present.socket(), next);
        }

        SocketChanges end(List<ListenerSocket> planned) {
            List<OpenSocket> removed = open.values().stream()
                    .filter(socket -> !kept.containsKey(socket))
                    .toList();
            for (OpenSocket socket : removed) {
                ListenAddress address = socket.socket().address();
                if (planned.stream().noneMatch(next -> next.address().equals(address))) {
                    notes.add("closes " + address + "; connections that are open end after their next answer,"
                            + " WebSocket sessions are left alone");
                }
            }
            List<ListenerSocket> added = new ArrayList<>();
            List<ListenerSocket> replaced = new ArrayList<>(reopened);
            fresh.forEach(next -> (overlapsAny(next, removed) ? replaced : added).add(next));
            return new SocketChanges(kept, List.copyOf(added), removed, List.copyOf(replaced), List.copyOf(notes));
        }

        private void noteKeys(ListenerSocket before, ListenerSocket after) {
            Map<String, ListenerKey.Ready> shown = new HashMap<>();
            identities(before).forEach(entry -> shown.put(entry.listener().name(), entry.key()));
            for (ListenerIdentity entry : identities(after)) {
                ListenerKey.@Nullable Ready former = shown.get(entry.listener().name());
                if (former != null && !former.chain().equals(entry.key().chain())) {
                    notes.add("listener " + entry.listener().name() + " shows another certificate: "
                            + CertificateText.of(entry.key().chain().get(0)));
                }
            }
        }

        private static List<ListenerIdentity> identities(ListenerSocket socket) {
            SocketTls tls = socket.tls();
            return tls == null ? List.of() : tls.identities();
        }

        // 0.0.0.0 and 127.0.0.1 cannot both have a port: the old one has to let go of it first.
        private static boolean overlapsAny(ListenerSocket next, List<OpenSocket> removed) {
            return removed.stream().anyMatch(old -> overlap(old.socket().address(), next.address()));
        }

        private static boolean overlap(ListenAddress one, ListenAddress other) {
            if (one.port() != other.port() || one.port() == 0) {
                return false;
            }
            InetSocketAddress first = new InetSocketAddress(one.address(), one.port());
            InetSocketAddress second = new InetSocketAddress(other.address(), other.port());
            return first.equals(second) || isWildcard(first) || isWildcard(second);
        }

        private static boolean isWildcard(InetSocketAddress address) {
            return !address.isUnresolved() && address.getAddress().isAnyLocalAddress();
        }
    }

    private static String described(ListenerSocket socket) {
        if (socket.use() == ListenerSocket.Use.ADMIN) {
            return "the admin address " + socket.address();
        }
        return socket.address() + " for "
                + String.join(
                        ", ",
                        socket.listeners().stream().map(HttpListener::name).toList());
    }
}
