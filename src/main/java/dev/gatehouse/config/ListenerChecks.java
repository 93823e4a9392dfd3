package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What listeners on the same frontend and port must not do to each other (VAL-7 to VAL-9). The same port on two
 * frontends is fine (VAL-10). Confined to one load.
 */
final class ListenerChecks {
    private record Socket(String frontend, int port) {}

    private record Host(Socket socket, String name) {}

    private record Claim(String listener, Place place) {}

    private final Problems problems;
    private final Map<Socket, Claim> basic = new HashMap<>();
    private final Map<Host, Claim> hosts = new HashMap<>();
    private final Map<Socket, Protocol> protocols = new HashMap<>();
    private final Map<Socket, Claim> firsts = new HashMap<>();

    private ListenerChecks(Problems problems) {
        this.problems = problems;
    }

    static void check(Table<HttpListener> listeners, Problems problems) {
        ListenerChecks checks = new ListenerChecks(problems);
        for (Table.Item<HttpListener> item : listeners.items()) {
            item.value().ifPresent(listener -> checks.add(listener, item.object()));
        }
    }

    private void add(HttpListener listener, ConfigObject object) {
        Socket socket = new Socket(
                listener.frontendIpConfiguration().name(),
                listener.frontendPort().port());
        Claim claim = new Claim(listener.name(), object.place());
        checkProtocol(socket, listener.protocol(), claim);
        if (listener.isBasic()) {
            checkBasic(socket, claim);
        }
        Place place = object.placeOf(object.isStated("hostNames") ? "hostNames" : "hostName");
        Set<String> own = new HashSet<>(listener.hostNames());
        own.forEach(name -> checkHost(new Host(socket, name), new Claim(listener.name(), place)));
    }

    private void checkProtocol(Socket socket, Protocol protocol, Claim claim) {
        @Nullable Protocol first = protocols.putIfAbsent(socket, protocol);
        @Nullable Claim earlier = firsts.putIfAbsent(socket, claim);
        if (first != null && earlier != null && first != protocol) {
            refuse(
                    "VAL-9",
                    claim,
                    "speaks " + protocol.azureName() + " on frontend and port of " + Wording.quote(earlier.listener())
                            + ", which speaks " + first.azureName(),
                    "Give the two different ports.");
        }
    }

    private void checkBasic(Socket socket, Claim claim) {
        @Nullable Claim earlier = basic.putIfAbsent(socket, claim);
        if (earlier != null) {
            refuse(
                    "VAL-7",
                    claim,
                    "takes every host on port " + socket.port() + " of frontend " + Wording.quote(socket.frontend())
                            + ", and so does " + Wording.quote(earlier.listener()) + " at line "
                            + earlier.place().line(),
                    "Give one of them a hostName, another port or another frontend.");
        }
    }

    private void checkHost(Host host, Claim claim) {
        @Nullable Claim earlier = hosts.putIfAbsent(host, claim);
        if (earlier != null) {
            refuse(
                    "VAL-8",
                    claim,
                    "has the host name " + Wording.quote(host.name()) + ", which " + Wording.quote(earlier.listener())
                            + " has at line " + earlier.place().line() + " on the same frontend and port",
                    "Remove the name from one of the two.");
        }
    }

    private void refuse(String id, Claim claim, String cause, String cure) {
        problems.error(
                id,
                Kind.CONFLICT,
                claim.place(),
                "the listener " + Wording.quote(claim.listener()) + " " + cause + ".",
                cure);
    }
}
