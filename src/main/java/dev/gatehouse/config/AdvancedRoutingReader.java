package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.RoutingConditionSet;
import dev.gatehouse.model.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Advanced routing maps (section 4.18). Confined to one load. */
final class AdvancedRoutingReader {
    private final Table<RoutingConditionSet> conditionSets;
    private final Table<RewriteRuleSet> rewrites;
    private final TargetReader targets;
    private final TableReader tables;
    private final Problems problems;

    AdvancedRoutingReader(Table<RewriteRuleSet> rewrites, TargetReader targets, TableReader tables, Problems problems) {
        this.conditionSets = tables.read("advancedRoutingConditionSets", new RoutingConditionReader(problems)::set);
        this.rewrites = rewrites;
        this.targets = targets;
        this.tables = tables;
        this.problems = problems;
    }

    Optional<AdvancedRoutingMap> map(String name, ConfigObject object) {
        Optional<Target> target = targets.read(object, TargetReader.Keys.ADVANCED_DEFAULT);
        @Nullable RewriteRuleSet rewrite = rewrite(object, "defaultRewriteRuleSet");
        Map<Integer, String> priorities = new HashMap<>();
        List<AdvancedRoutingMap.Rule> rules = new ArrayList<>(tables.read(
                        "advancedRoutingMaps/" + name,
                        "advancedRoutingRules",
                        object.objects("advancedRoutingRules"),
                        (ruleName, rule) -> rule(ruleName, rule, priorities))
                .values());
        rules.sort(Comparator.comparingInt(AdvancedRoutingMap.Rule::priority));
        return target.map(found -> new AdvancedRoutingMap(name, found, rewrite, rules));
    }

    private Optional<AdvancedRoutingMap.Rule> rule(String name, ConfigObject object, Map<Integer, String> priorities) {
        Optional<Integer> priority = object.requiredInteger("priority", 1, Integer.MAX_VALUE);
        priority.ifPresent(number -> checkUnique(number, name, object.placeOf("priority"), priorities));
        Optional<RoutingConditionSet> conditions =
                object.requiredReference("advancedRoutingConditionSet").flatMap(conditionSets::resolve);
        Optional<Target> target = targets.read(object, TargetReader.Keys.ADVANCED_RULE);
        @Nullable RewriteRuleSet rewrite = rewrite(object, "rewriteRuleSet");
        return priority.flatMap(number -> conditions.flatMap(
                tests -> target.map(found -> new AdvancedRoutingMap.Rule(name, number, tests, found, rewrite))));
    }

    private @Nullable RewriteRuleSet rewrite(ConfigObject object, String member) {
        Optional<RewriteRuleSet> set = object.reference(member).flatMap(rewrites::resolve);
        set.filter(RewriteRuleSet::reroutes)
                .ifPresent(found -> problems.warn(
                        "REQ-32",
                        Kind.CONFLICT,
                        object.placeOf(member),
                        "the set " + Wording.quote(found.name())
                                + " asks for the path map again (reroute), but an advanced routing map is asked once.",
                        "Leave reroute out, or use a path map."));
        return set.orElse(null);
    }

    private void checkUnique(int number, String name, Place place, Map<Integer, String> priorities) {
        @Nullable String earlier = priorities.putIfAbsent(number, name);
        if (earlier != null) {
            problems.error(
                    "VAL-5",
                    Kind.DUPLICATE,
                    place,
                    "priority " + number + " is already that of " + Wording.quote(earlier) + " in this map.",
                    "Give every rule of the map a priority of its own.");
        }
    }
}
