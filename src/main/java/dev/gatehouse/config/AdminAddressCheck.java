package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The admin address is no listener's: what only operators may see would be open to everybody. Confined to one load. */
final class AdminAddressCheck {
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "*");
    private static final Set<String> LOCALHOST = Set.of("localhost", "127.0.0.1", "::1");

    private final LocalFile local;
    private final Problems problems;

    private AdminAddressCheck(LocalFile local, Problems problems) {
        this.local = local;
        this.problems = problems;
    }

    static void check(Table<HttpListener> listeners, LocalFile local, Problems problems) {
        AdminAddressCheck check = new AdminAddressCheck(local, problems);
        Optional<ListenAddress> admin = local.settings().admin().listen();
        for (Table.Item<HttpListener> item : listeners.items()) {
            item.value()
                    .ifPresent(listener -> admin.filter(address -> isShared(address, check.socketOf(listener)))
                            .ifPresent(address -> check.report(
                                    address, listener, item.object().place())));
        }
    }

    private ListenAddress socketOf(HttpListener listener) {
        return local.settings().listen().addressOf(listener);
    }

    private static boolean isShared(ListenAddress one, ListenAddress other) {
        if (one.port() != other.port() || one.port() == 0) { // of port 0 the system gives each its own
            return false;
        }
        String first = one.address().toLowerCase(Locale.ROOT);
        String second = other.address().toLowerCase(Locale.ROOT);
        return first.equals(second)
                || WILDCARDS.contains(first)
                || WILDCARDS.contains(second)
                || (LOCALHOST.contains(first)
                        && LOCALHOST.contains(second)
                        && (first.equals("localhost") || second.equals("localhost")));
    }

    private void report(ListenAddress admin, HttpListener listener, Place listenerPlace) {
        boolean isGiven = local.settings().admin().isGiven();
        problems.error(
                "ADM-1",
                Kind.CONFLICT,
                local.adminPlace().orElse(listenerPlace),
                "the admin address " + admin + (isGiven ? "" : " (the default)") + " is on the local socket "
                        + socketOf(listener) + " of the listener " + Wording.quote(listener.name()) + ".",
                "Give the admin address a port of its own with \"admin\": { \"listen\": \"127.0.0.1:PORT\" } in the"
                        + " local file, switch it off with \"off\", or move the listener in \"listen.ports\".");
    }
}
