package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.HeaderRewrite;
import dev.gatehouse.model.RewriteRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.RewriteValue;
import dev.gatehouse.model.RewriteValue.Part;
import dev.gatehouse.model.UrlRewrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rewrite sets (section 4.13, REQ-28 to REQ-32). Confined to one load. */
final class RewriteReader {
    private static final int MOST_RULES = 40;

    private final TableReader tables;
    private final boolean isV1;
    private final Problems problems;

    RewriteReader(TableReader tables, boolean isV1, Problems problems) {
        this.tables = tables;
        this.isV1 = isV1;
        this.problems = problems;
    }

    Optional<RewriteRuleSet> set(String name, ConfigObject object) {
        if (isV1) {
            problems.azure(
                    "REQ-28",
                    Kind.UNSUPPORTED,
                    object.place(),
                    "Azure rewrites on v2 gateways only, this one is v1.",
                    "Move the gateway to a v2 tier if this goes back to Azure.");
        }
        List<ConfigObject> objects = object.objects("rewriteRules");
        if (objects.size() > MOST_RULES) {
            problems.azure(
                    "VAL-39",
                    Kind.LIMIT,
                    object.placeOf("rewriteRules"),
                    "the set has " + objects.size() + " rewrite rules, Azure takes " + MOST_RULES + ".",
                    "Split the set if this goes back to Azure.");
        }
        List<RewriteRule> rules =
                new ArrayList<>(tables.read("rewriteRuleSets/" + name, "rewriteRules", objects, this::rule)
                        .values());
        rules.sort(Comparator.comparingInt(RewriteRule::ruleSequence)); // stable: file order on ties
        return Optional.of(new RewriteRuleSet(name, rules));
    }

    private Optional<RewriteRule> rule(String name, ConfigObject object) {
        int sequence = object.integer("ruleSequence", 0, Integer.MAX_VALUE).orElse(RewriteRule.DEFAULT_SEQUENCE);
        RewriteConditions conditions = new RewriteConditions(object, problems);
        RewriteValues values = new RewriteValues(conditions, problems);
        HeaderRewrites headers = new HeaderRewrites(values, problems);
        Optional<ConfigObject> actions = object.object("actionSet");
        List<HeaderRewrite> request =
                actions.map(set -> headers.read(set, true)).orElse(List.of());
        List<HeaderRewrite> response =
                actions.map(set -> headers.read(set, false)).orElse(List.of());
        @Nullable
        UrlRewrite url = actions.flatMap(set -> set.object("urlConfiguration"))
                .map(change -> url(change, values))
                .orElse(null);
        RewriteRule rule = new RewriteRule(name, sequence, conditions.conditions(), request, response, url);
        warnOfPhase(rule, object);
        return Optional.of(rule);
    }

    private static UrlRewrite url(ConfigObject object, RewriteValues values) {
        return new UrlRewrite(
                value(object, "modifiedPath", values),
                value(object, "modifiedQueryString", values),
                object.flag("reroute", false));
    }

    private static @Nullable RewriteValue value(ConfigObject object, String name, RewriteValues values) {
        return object.anyText(name)
                .map(text -> values.read(text, object.placeOf(name)))
                .orElse(null);
    }

    /** REQ-30: a change of the request that waits for the response comes too late. */
    private void warnOfPhase(RewriteRule rule, ConfigObject object) {
        boolean changesRequest = !rule.requestHeaders().isEmpty() || rule.url() != null;
        if (changesRequest && rule.isDecidedOnResponse()) {
            problems.warn(
                    "REQ-30",
                    Kind.CONFLICT,
                    object.placeOf("conditions"),
                    "a condition waits for the response, so what the rule does to the request never happens.",
                    "Put the changes of the request into a rule that tests the request only.");
        }
        if (rule.requestHeaders().stream().anyMatch(header -> needsResponse(header.value()))) {
            problems.warn(
                    "REQ-30",
                    Kind.CONFLICT,
                    object.placeOf("actionSet"),
                    "a header of the request is set from a value of the response, which is empty by then.",
                    "Use a value of the request.");
        }
    }

    private static boolean needsResponse(RewriteValue value) {
        return value.parts().stream()
                .anyMatch(part -> part instanceof Part.Value inserted
                        && inserted.variable().isOfResponse());
    }
}
