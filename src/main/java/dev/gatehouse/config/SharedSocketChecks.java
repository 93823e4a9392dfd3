package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.ListenSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What listeners of different frontends or ports do to each other when the local file leads them to one socket of this
 * machine (CFG-19, REQ-1). Confined to one load.
 */
final class SharedSocketChecks {
    private final ListenSettings listen;
    private final Problems problems;
    private final Map<ListenAddress, List<HttpListener>> bySocket = new HashMap<>();

    private SharedSocketChecks(ListenSettings listen, Problems problems) {
        this.listen = listen;
        this.problems = problems;
    }

    static void check(Table<HttpListener> listeners, ListenSettings listen, Problems problems) {
        SharedSocketChecks checks = new SharedSocketChecks(listen, problems);
        for (Table.Item<HttpListener> item : listeners.items()) {
            item.value().ifPresent(listener -> checks.add(listener, item.object()));
        }
    }

    private void add(HttpListener listener, ConfigObject object) {
        ListenAddress socket = listen.addressOf(listener);
        if (socket.port() == 0) {
            return; // the system gives each its own
        }
        List<HttpListener> before = bySocket.computeIfAbsent(socket, key -> new ArrayList<>());
        before.stream()
                .filter(other -> !isSamePublicSocket(other, listener)) // those are judged by VAL-7 to VAL-9
                .filter(other -> other.protocol() != listener.protocol() || hides(other, listener))
                .findFirst()
                .ifPresent(other -> report(listener, other, socket, object));
        before.add(listener);
    }

    private static boolean isSamePublicSocket(HttpListener one, HttpListener other) {
        return one.frontendPort().port() == other.frontendPort().port()
                && one.frontendIpConfiguration()
                        .name()
                        .equals(other.frontendIpConfiguration().name());
    }

    private static boolean hides(HttpListener one, HttpListener other) {
        return (one.isBasic() && other.isBasic()) || one.hostNames().stream().anyMatch(other.hostNames()::contains);
    }

    private void report(HttpListener listener, HttpListener other, ListenAddress socket, ConfigObject object) {
        String cure = "Give the frontends addresses of their own, for example \"listen\": { \"frontends\": { "
                + Wording.quote(listener.frontendIpConfiguration().name())
                + ": \"127.0.0.2\" } }, or the ports local ports of their own in \"listen.ports\".";
        String where = "the listener " + Wording.quote(listener.name()) + " shares the local socket " + socket
                + " with " + Wording.quote(other.name());
        if (listener.protocol() != other.protocol()) {
            problems.error(
                    "REQ-1",
                    Kind.CONFLICT,
                    object.place(),
                    where + ", but one is " + listener.protocol().azureName() + " and the other "
                            + other.protocol().azureName() + ".",
                    cure);
        } else {
            problems.warn(
                    "CFG-19",
                    Kind.CONFLICT,
                    object.place(),
                    where + ", and both take the same hosts: requests can reach only one of them.",
                    cure);
        }
    }
}
