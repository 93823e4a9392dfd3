package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Path maps and their rules (section 4.11). Confined to one load. */
final class PathMapReader {
    private static final int MOST_PATH_RULES = 100;

    private final TargetReader targets;
    private final TableReader tables;
    private final boolean isV1;
    private final Problems problems;

    PathMapReader(TargetReader targets, TableReader tables, boolean isV1, Problems problems) {
        this.targets = targets;
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
            problems.warn(
                    "VAL-39",
                    Kind.LIMIT,
                    object.placeOf("pathRules"),
                    "the map has " + rules.size() + " path rules, Azure takes " + MOST_PATH_RULES + ".",
                    "Split the map if this goes back to Azure.");
        }
        return target.map(found -> new UrlPathMap(name, found, table.values()));
    }

    private Optional<PathRule> pathRule(String name, ConfigObject object, PathPatterns patterns) {
        Optional<Target> target = targets.read(object, TargetReader.Keys.PATH_RULE);
        List<String> paths = new ArrayList<>();
        int written = 0;
        Values values = new Values(problems, true);
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
        return paths.isEmpty() ? Optional.empty() : target.map(found -> new PathRule(name, paths, found));
    }

    /** Something else than an array stands there and was reported. */
    private static boolean isOpen(ConfigObject object) {
        return object.get("paths").filter(node -> !(node instanceof ArrayNode)).isPresent();
    }
}
