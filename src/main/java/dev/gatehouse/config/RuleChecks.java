package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What rules say together: priorities, one rule per listener, endless redirects. Confined to one load. */
final class RuleChecks {
    private final Table<RequestRoutingRule> rules;
    private final Table<HttpListener> listeners;
    private final Problems problems;

    RuleChecks(Table<RequestRoutingRule> rules, Table<HttpListener> listeners, Problems problems) {
        this.rules = rules;
        this.listeners = listeners;
        this.problems = problems;
    }

    void check(boolean isV1) {
        checkPriorityPresence(isV1);
        checkPriorityValues();
        checkListenerUse();
        rules.items().forEach(item -> item.value().ifPresent(rule -> checkLoop(rule, item.object())));
        checkCircles();
    }

    /** VAL-22 over several listeners. A rule of better priority may still break the circle, so it is no error. */
    private void checkCircles() {
        Map<String, String> ways = RedirectLoops.ways(rules.values());
        for (Table.Item<RequestRoutingRule> item : rules.items()) {
            Optional<String> start =
                    item.value().map(rule -> rule.httpListener().name());
            List<String> circle =
                    start.map(name -> RedirectLoops.circle(name, ways)).orElse(List.of());
            if (!circle.isEmpty()
                    && start.equals(circle.stream().min(Comparator.naturalOrder()))) { // once for all of it
                problems.warn(
                        "VAL-22",
                        Kind.CONFLICT,
                        item.object().placeOf("redirectConfiguration"),
                        "redirects lead in a circle over the listeners " + String.join(", ", circle) + ".",
                        "Let one of these listeners lead to a pool or elsewhere.");
            }
        }
    }

    /** VAL-3, VAL-4. */
    private void checkPriorityPresence(boolean isV1) {
        List<ConfigObject> without = rules.items().stream()
                .map(Table.Item::object)
                .filter(rule -> !rule.has("priority"))
                .toList();
        boolean isPartial = !without.isEmpty() && without.size() < rules.items().size();
        if (isPartial) {
            without.forEach(rule -> problems.error(
                    "VAL-3",
                    Kind.MISSING,
                    rule.placeOf("priority"),
                    "the rule has no priority, but other rules have one.",
                    "Give every rule a priority from 1 to 20000, or none."));
        } else if (!without.isEmpty() && !isV1) {
            problems.azure(
                    "VAL-4",
                    Kind.MISSING,
                    without.get(0).placeOf("priority"),
                    "no rule has a priority; Azure refuses that since API 2021-08-01. Exact host names go first here,"
                            + " then wildcards, then basic listeners.",
                    "Give every rule a priority from 1 to 20000.");
        }
    }

    /** VAL-5. */
    private void checkPriorityValues() {
        Map<Integer, String> names = new HashMap<>();
        for (Table.Item<RequestRoutingRule> item : rules.items()) {
            @Nullable
            Integer priority = item.value().map(RequestRoutingRule::priority).orElse(null);
            @Nullable String earlier = priority == null ? null : names.putIfAbsent(priority, item.name());
            if (earlier != null) {
                problems.error(
                        "VAL-5",
                        Kind.DUPLICATE,
                        item.object().placeOf("priority"),
                        "priority " + priority + " is already that of " + Wording.quote(earlier) + ".",
                        "Give every rule a priority of its own.");
            }
        }
    }

    /** VAL-14, VAL-15. A rule that could not be read may still name a listener, so its reference is asked. */
    private void checkListenerUse() {
        Map<String, String> users = new HashMap<>();
        boolean knowsAllUsers = !rules.items().isEmpty();
        for (Table.Item<RequestRoutingRule> item : rules.items()) {
            Optional<Reference> reference = item.object().reference("httpListener");
            Optional<String> listener = reference
                    .flatMap(id -> listeners.find(ReferenceText.of(id.text()).name()))
                    .map(Table.Item::name);
            knowsAllUsers &= listener.isPresent();
            @Nullable
            String earlier =
                    listener.map(name -> users.putIfAbsent(name, item.name())).orElse(null);
            if (earlier != null) {
                problems.error(
                        "VAL-14",
                        Kind.CONFLICT,
                        reference.map(Reference::place).orElse(item.object().place()),
                        "the listener " + Wording.quote(listener.orElse("")) + " already belongs to the rule "
                                + Wording.quote(earlier) + ".",
                        "Give each rule a listener of its own; use a path map to tell paths apart.");
            }
        }
        if (knowsAllUsers) {
            warnOfUnused(users.keySet());
        }
    }

    private void warnOfUnused(Set<String> used) {
        for (Table.Item<HttpListener> item : listeners.items()) {
            if (!used.contains(item.name())) {
                problems.warn(
                        "VAL-15",
                        Kind.UNUSED,
                        item.object().place(),
                        "no rule uses the listener " + Wording.quote(item.name()) + "; it is not opened.",
                        "Add a rule for it, or remove it.");
            }
        }
    }

    /** VAL-22: a redirect that sends a request to where it came from, as it came, never ends. */
    private void checkLoop(RequestRoutingRule rule, ConfigObject object) {
        @Nullable UrlPathMap map = rule.urlPathMap();
        if (map == null) {
            checkLoop(rule, rule.target(), object.placeOf("redirectConfiguration"), true);
            return;
        }
        checkLoop(rule, map.defaultTarget(), object.placeOf("urlPathMap"), false);
        map.pathRules().forEach(pathRule -> checkLoop(rule, pathRule.target(), object.placeOf("urlPathMap"), false));
    }

    /** A rule that takes every path takes the new one too; among path rules only the same path is sure to come back. */
    private void checkLoop(RequestRoutingRule rule, @Nullable Target target, Place place, boolean takesEveryPath) {
        if (target instanceof Target.Redirect redirect
                && RedirectLoops.leadsBack(redirect.configuration(), rule.httpListener(), takesEveryPath)) {
            problems.error(
                    "VAL-22",
                    Kind.CONFLICT,
                    place,
                    "the redirect " + Wording.quote(redirect.configuration().name())
                            + " sends requests back to the listener "
                            + Wording.quote(rule.httpListener().name()) + " they came from, for ever.",
                    "Redirect to another listener, or, among path rules, to another path.");
        }
    }
}
