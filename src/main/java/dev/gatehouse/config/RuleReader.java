package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Routing rules (section 4.10, VAL-6, VAL-16, VAL-17). Confined to one load. */
final class RuleReader {
    private enum Type {
        BASIC,
        PATH_BASED,
        ADVANCED
    }

    private static final Map<String, Type> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("Basic", Type.BASIC);
        TYPES.put("PathBasedRouting", Type.PATH_BASED);
        TYPES.put("AdvancedRouting", Type.ADVANCED);
    }

    private final Table<HttpListener> listeners;
    private final Table<UrlPathMap> maps;
    private final TargetReader targets;
    private final Problems problems;

    RuleReader(Table<HttpListener> listeners, Table<UrlPathMap> maps, TargetReader targets, Problems problems) {
        this.listeners = listeners;
        this.maps = maps;
        this.targets = targets;
        this.problems = problems;
    }

    Optional<RequestRoutingRule> rule(String name, ConfigObject object) {
        Type type = object.choice("ruleType", TYPES).orElse(Type.BASIC);
        Optional<HttpListener> listener =
                object.requiredReference("httpListener").flatMap(listeners::resolve);
        Integer priority = object.get("priority")
                .flatMap(node -> new Values(problems).integer(node, 1, 20_000, "VAL-6"))
                .orElse(null);
        if (type == Type.PATH_BASED) {
            Optional<UrlPathMap> map = map(object);
            return listener.flatMap(l -> map.map(m -> new RequestRoutingRule(name, priority, l, null, m)));
        }
        if (type == Type.ADVANCED) {
            refuseAdvanced(object);
            return Optional.empty();
        }
        warnOfMap(object);
        Optional<Target> target = targets.read(object, TargetReader.Keys.RULE);
        return listener.flatMap(l -> target.map(t -> new RequestRoutingRule(name, priority, l, t, null)));
    }

    /** Pool and settings that an export prints beside the map are stale: the map alone counts (section 4.10). */
    private Optional<UrlPathMap> map(ConfigObject object) {
        if (!object.isStated("urlPathMap")) {
            problems.error(
                    "VAL-17",
                    Kind.MISSING,
                    object.placeOf("urlPathMap"),
                    "a PathBasedRouting rule needs a path map.",
                    "Refer to one of urlPathMaps, or make the rule Basic.");
        }
        return object.reference("urlPathMap").flatMap(maps::resolve);
    }

    private void warnOfMap(ConfigObject object) {
        if (object.isStated("urlPathMap")) {
            problems.warn(
                    "VAL-17",
                    Kind.CONFLICT,
                    object.placeOf("urlPathMap"),
                    "the rule is Basic, so its path map is not used.",
                    "Remove the map, or set ruleType to PathBasedRouting.");
        }
    }

    private void refuseAdvanced(ConfigObject object) {
        problems.error(
                "REQ-23",
                Kind.UNSUPPORTED,
                object.placeOf("ruleType"),
                "the rule uses advanced routing, which this version does not apply.",
                "Make the rule Basic or PathBasedRouting.");
    }
}
