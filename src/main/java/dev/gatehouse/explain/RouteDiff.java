package dev.gatehouse.explain;

import dev.gatehouse.explain.Site.Socket;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.routing.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go before and after, asked of both route tables for every kind of host and path that either of them
 * tells apart: priorities, names of rules and the order of path rules count exactly as far as they decide. Confined to
 * one comparison.
 */
final class RouteDiff {
    private static final String ALL = "/*";

    private final Side before;
    private final Side after;
    private final List<Difference> found = new ArrayList<>();

    RouteDiff(Side before, Side after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Something that changes for one path.
     *
     * @param path as shown
     * @param was where it led, absent if nowhere
     * @param is where it leads, absent if nowhere
     */
    private record Change(
            String path, @Nullable String was, @Nullable String is) {}

    List<Difference> differences() {
        Set<Site> sites = new TreeSet<>(before.sites().keySet());
        sites.addAll(after.sites().keySet());
        Map<Site, List<Change>> bySite = new LinkedHashMap<>();
        for (Site site : sites) {
            List<Change> changes = changes(site.socket(), Witnesses.host(site.host()));
            bySite.put(site, changes);
            changes.forEach(change -> tell(site, site.host().isEmpty() ? "*" : site.host(), change));
        }
        overlaps(bySite);
        return found;
    }

    /** Hosts that two wildcards of a socket take: which of them wins may change while each alone leads on as before. */
    private void overlaps(Map<Site, List<Change>> bySite) {
        List<Site> wildcards = bySite.keySet().stream()
                .filter(site -> HostText.hasWildcard(site.host()))
                .toList();
        for (int i = 0; i < wildcards.size(); i++) {
            for (Site second : wildcards.subList(i + 1, wildcards.size())) {
                Site first = wildcards.get(i);
                if (first.socket().equals(second.socket())) {
                    Set<Change> told = new HashSet<>(bySite.getOrDefault(first, List.of()));
                    told.addAll(bySite.getOrDefault(second, List.of()));
                    overlap(first, second, told);
                }
            }
        }
    }

    private void overlap(Site first, Site second, Set<Change> told) {
        Optional<String> common = Witnesses.common(first.host(), second.host());
        boolean isLikeOne = common.isPresent() && (isLike(first, common.get()) || isLike(second, common.get()));
        if (common.isPresent() && !isLikeOne) {
            changes(first.socket(), common.get()).stream()
                    .filter(change -> !told.contains(change))
                    .forEach(change -> tell(first, Witnesses.shown(common.get()), change));
        }
    }

    /** Whether the rules that take a site take this host too: then all that changes is told of the site. */
    private boolean isLike(Site site, String host) {
        String own = Witnesses.host(site.host());
        return Stream.of(before, after).allMatch(side -> haveOneRule(side, site.socket(), own, host));
    }

    // Comparing the contents of two rules would compare their whole path maps.
    @SuppressWarnings("ReferenceEquality")
    private static boolean haveOneRule(Side side, Socket socket, String host, String other) {
        @Nullable RequestRoutingRule first = rule(side, socket, host);
        return first == rule(side, socket, other);
    }

    private static @Nullable RequestRoutingRule rule(Side side, Socket socket, String host) {
        return side.route(socket, host, "/").map(Route::rule).orElse(null);
    }

    private List<Change> changes(Socket socket, String host) {
        List<Change> all = new ArrayList<>();
        Witnesses.paths(patterns(socket, host))
                .forEach((shown, path) -> all.add(
                        new Change(shown, outcome(before, socket, host, path), outcome(after, socket, host, path))));
        Change first = all.get(0);
        boolean isUniform = all.stream()
                .allMatch(
                        change -> Objects.equals(change.was(), first.was()) && Objects.equals(change.is(), first.is()));
        List<Change> some = isUniform
                ? List.of(new Change(ALL, first.was(), first.is()))
                : all.stream().map(RouteDiff::amongOthers).toList();
        // What nobody takes any more is told once, as the listener that is gone.
        return some.stream()
                .filter(change -> change.is() != null && !change.is().equals(change.was()))
                .toList();
    }

    private static Change amongOthers(Change change) {
        return change.path().equals(ALL) ? new Change("/* (other paths)", change.was(), change.is()) : change;
    }

    private static @Nullable String outcome(Side side, Socket socket, String host, String path) {
        return side.route(socket, host, path).map(side::outcome).orElse(null);
    }

    /** The patterns of the maps that decide about this host, on either side. */
    private Set<String> patterns(Socket socket, String host) {
        Set<String> patterns = new TreeSet<>();
        for (Side side : List.of(before, after)) {
            @Nullable
            UrlPathMap map = side.route(socket, host, "/")
                    .map(Route::rule)
                    .map(rule -> rule.urlPathMap())
                    .orElse(null);
            if (map != null) {
                map.pathRules().stream().map(PathRule::paths).forEach(patterns::addAll);
            }
        }
        return patterns;
    }

    private void tell(Site site, String host, Change change) {
        String subject = site.text(host, change.path());
        String instead = change.was() == null ? "" : " instead of " + change.was();
        found.add(new Difference(
                "route", subject, change.was(), change.is(), subject + " now goes to " + change.is() + instead));
    }
}
