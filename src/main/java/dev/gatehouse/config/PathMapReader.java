package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Path maps and their rules (section 4.11). Confined to one load. */
final class PathMapReader {
    private static final int MOST_PATH_RULES = 100;

    private final TargetReader targets;
    private final Table<RewriteRuleSet> rewrites;
    private final TableReader tables;
    private final boolean isV1;
    private final Problems problems;

    PathMapReader(
            TargetReader targets, Table<RewriteRuleSet> rewrites, TableReader tables, boolean isV1, Problems problems) {
        this.targets = targets;
        this.rewrites = rewrites;
        this.tables = tables;
        this.isV1 = isV1;
        this.problems = problems;
    }

    Optional<UrlPathMap> map(String name, ConfigObject object) {
        Optional<Target> target = targets.read(object, TargetReader.Keys.DEFAULT);
        PathPatterns patterns = new PathPatterns(isV1, problems);
        List<ConfigObject> rules = object.objects("pathRules");
        Table<PathRule> table = tables.read(
                "urlPathMaps/" + name, "pathRules", rules, (ruleName, rule) -> pathRule(ruleName, rule, patterns));
        if (rules.size() > MOST_PATH_RULES) {
            problems.azure(
                    "VAL-39",
                    Kind.LIMIT,
                    object.placeOf("pathRules"),
                    "the map has " + rules.size() + " path rules, Azure takes " + MOST_PATH_RULES + ".",
                    "Split the map if this goes back to Azure.");
        }
        Optional<RewriteRuleSet> rewrite =
                object.reference("defaultRewriteRuleSet").flatMap(rewrites::resolve);
        Optional<UrlPathMap> map =
                target.map(found -> new UrlPathMap(name, found, rewrite.orElse(null), table.values()));
        map.filter(PathMapReader::reroutesForEver).ifPresent(whole -> refuseEndless(object));
        return map;
    }

    /** VAL-30: wherever the map sends a request, a rewrite without condition sends it to the map again. */
    private static boolean reroutesForEver(UrlPathMap map) {
        return alwaysReroutes(map.defaultTarget(), map.defaultRewriteRuleSet())
                && map.pathRules().stream().allMatch(rule -> alwaysReroutes(rule.target(), rule.rewriteRuleSet()));
    }

    /** Redirects are not rewritten (REQ-24). */
    private static boolean alwaysReroutes(Target target, @Nullable RewriteRuleSet set) {
        return set != null && set.alwaysReroutes() && !(target instanceof Target.Redirect);
    }

    private void refuseEndless(ConfigObject object) {
        problems.error(
                "VAL-30",
                Kind.CONFLICT,
                object.place(),
                "every rewrite set of the map asks for the map again on every request, so none ever gets anywhere.",
                "Give the rewrite rules with reroute a condition, or leave reroute out of one of the sets.");
    }

    private Optional<PathRule> pathRule(String name, ConfigObject object, PathPatterns patterns) {
        Optional<Target> target = targets.read(object, TargetReader.Keys.PATH_RULE);
        List<String> paths = new ArrayList<>();
        int written = 0;
        Scalars values = new Scalars(problems);
        for (Node node : object.array("paths")) {
            written++;
            values.text(node)
                    .filter(path -> patterns.accept(path, node.place()))
                    .ifPresent(paths::add);
        }
        if (written == 0 && !isOpen(object)) {
            problems.error(
                    "VAL-19",
                    Kind.MISSING,
                    object.placeOf("paths"),
                    "the path rule has no path.",
                    "Add one, such as \"/images/*\".");
        }
        Optional<RewriteRuleSet> rewrite = object.reference("rewriteRuleSet").flatMap(rewrites::resolve);
        return paths.isEmpty()
                ? Optional.empty()
                : target.map(found -> new PathRule(name, paths, found, rewrite.orElse(null)));
    }

    /** Something else than an array stands there and was reported. */
    private static boolean isOpen(ConfigObject object) {
        return object.get("paths").filter(node -> !(node instanceof ArrayNode)).isPresent();
    }
}
