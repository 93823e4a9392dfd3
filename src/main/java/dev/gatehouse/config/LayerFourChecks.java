package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LayerFour.Listener;
import dev.gatehouse.model.LayerFour.RoutingRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the parts of the layer-4 proxy must not do to each other, or to HTTP (VAL-5 to VAL-9, VAL-14). Confined to one load. */
final class LayerFourChecks {
    private record Socket(String frontend, int port, String hostName) {}

    private final Problems problems;

    LayerFourChecks(Problems problems) {
        this.problems = problems;
    }

    void check(Table<Listener> listeners, Table<RoutingRule> rules, Table<HttpListener> http) {
        Map<Socket, String> taken = new HashMap<>();
        for (Table.Item<Listener> item : listeners.items()) {
            item.value().ifPresent(listener -> {
                refuseHttp(listener, item.object().place(), http);
                refuseShared(listener, item.object().place(), taken);
            });
        }
        checkPriorities(rules);
        checkListenerUse(rules, listeners);
    }

    /** VAL-9: a socket speaks HTTP or it does not. */
    private void refuseHttp(Listener listener, Place place, Table<HttpListener> http) {
        Optional<String> other = http.values().stream()
                .filter(web ->
                        web.frontendPort().port() == listener.frontendPort().port())
                .filter(web -> web.frontendIpConfiguration()
                        .name()
                        .equals(listener.frontendIpConfiguration().name()))
                .map(HttpListener::name)
                .findFirst();
        other.ifPresent(name -> refuse(
                "VAL-9",
                place,
                "the listener " + Wording.quote(listener.name()) + " speaks "
                        + listener.protocol().azureName() + " on frontend and port of the HTTP listener "
                        + Wording.quote(name) + ".",
                "Give the two different ports."));
    }

    /** VAL-7, VAL-8. */
    private void refuseShared(Listener listener, Place place, Map<Socket, String> taken) {
        List<String> names = listener.hostNames().isEmpty() ? List.of("") : listener.hostNames();
        for (String name : names) {
            Socket socket = new Socket(
                    listener.frontendIpConfiguration().name(),
                    listener.frontendPort().port(),
                    name);
            @Nullable String earlier = taken.putIfAbsent(socket, listener.name());
            if (earlier != null) {
                refuse(
                        name.isEmpty() ? "VAL-7" : "VAL-8",
                        place,
                        "the listener " + Wording.quote(listener.name()) + " takes "
                                + (name.isEmpty() ? "every connection" : "the host name " + Wording.quote(name))
                                + " on port " + socket.port() + " of frontend " + Wording.quote(socket.frontend())
                                + ", and so does " + Wording.quote(earlier) + ".",
                        "Give one of them another host name, port or frontend.");
            }
        }
    }

    /** VAL-5. */
    private void checkPriorities(Table<RoutingRule> rules) {
        Map<Integer, String> owners = new HashMap<>();
        for (Table.Item<RoutingRule> item : rules.items()) {
            Optional<RoutingRule> rule = item.value();
            @Nullable
            String earlier = rule.map(found -> owners.putIfAbsent(found.priority(), item.name()))
                    .orElse(null);
            if (earlier != null) {
                problems.error(
                        "VAL-5",
                        Kind.DUPLICATE,
                        item.object().placeOf("priority"),
                        "the priority is already that of " + Wording.quote(earlier) + ".",
                        "Give every rule a priority of its own.");
            }
        }
    }

    /** VAL-14, VAL-15; by the references as written, so that an unreadable rule counts as a user. */
    private void checkListenerUse(Table<RoutingRule> rules, Table<Listener> listeners) {
        Map<String, String> users = new HashMap<>();
        for (Table.Item<RoutingRule> item : rules.items()) {
            Optional<Reference> reference = item.object().reference("listener");
            Optional<String> listener = reference
                    .flatMap(id -> listeners.find(ReferenceText.of(id.text()).name()))
                    .map(Table.Item::name);
            @Nullable
            String earlier =
                    listener.map(name -> users.putIfAbsent(name, item.name())).orElse(null);
            if (earlier != null) {
                refuse(
                        "VAL-14",
                        reference.map(Reference::place).orElse(item.object().place()),
                        "the listener " + Wording.quote(listener.orElse("")) + " already belongs to the rule "
                                + Wording.quote(earlier) + ".",
                        "Give each rule a listener of its own.");
            }
        }
        listeners.items().stream()
                .filter(item -> !users.containsKey(item.name()))
                .forEach(item -> problems.warn(
                        "VAL-15",
                        Kind.UNUSED,
                        item.object().place(),
                        "no rule uses the listener " + Wording.quote(item.name()) + ".",
                        "Add a rule for it to routingRules, or remove it."));
    }

    private void refuse(String id, Place place, String cause, String cure) {
        problems.error(id, Kind.CONFLICT, place, cause, cure);
    }
}
