package dev.gatehouse.explain;

import dev.gatehouse.model.HttpListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sites opened, closed and changed. Stateless. */
final class ListenerDiff {
    private static final String DRAIN = "; its WebSocket sessions will drain";

    private ListenerDiff() {}

    static List<Difference> between(Side before, Side after) {
        Set<Site> sites = new TreeSet<>(before.sites().keySet());
        sites.addAll(after.sites().keySet());
        List<Difference> differences = new ArrayList<>();
        for (Site site : sites) {
            @Nullable List<HttpListener> was = before.sites().get(site);
            @Nullable List<HttpListener> is = after.sites().get(site);
            String text = "listener " + site.text();
            if (was == null) {
                differences.add(new Difference("listener", site.text(), null, "open", text + " is new"));
            } else if (is == null) {
                differences.add(new Difference("listener", site.text(), "open", null, text + " is gone" + DRAIN));
            } else {
                PropertyDiff.of("listener", site.text(), facts(was, before), facts(is, after)).stream()
                        .map(ListenerDiff::withDrain)
                        .forEach(differences::add);
            }
        }
        return differences;
    }

    /** Another protocol closes the socket and opens it anew. */
    private static Difference withDrain(Difference difference) {
        boolean closes = difference.subject().endsWith(" protocol");
        return closes
                ? new Difference(
                        difference.kind(),
                        difference.subject(),
                        difference.before(),
                        difference.after(),
                        difference.text() + DRAIN)
                : difference;
    }

    /** Of all listeners that claim a site: which of them wins is seen in the routes. */
    private static SortedMap<String, Fact> facts(List<HttpListener> listeners, Side side) {
        SortedMap<String, TreeSet<String>> values = new TreeMap<>();
        for (HttpListener listener : listeners) {
            Facts.of(listener, Set.of("name", "hostNames", "frontendPort"), side.labels()::of)
                    .forEach((property, fact) -> values.computeIfAbsent(property, key -> new TreeSet<>())
                            .add(fact.shown()));
        }
        SortedMap<String, Fact> facts = new TreeMap<>();
        values.forEach((property, texts) -> facts.put(property, Fact.of(String.join(" and ", texts))));
        return facts;
    }
}
