package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.EntraJwtValidationConfig;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routing rules (section 4.10, VAL-6, VAL-16, VAL-17, VAL-29). Confined to one load. */
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

    /** What rules refer to besides their targets. */
    record Parts(
            Table<UrlPathMap> maps,
            Table<AdvancedRoutingMap> advancedMaps,
            Table<RewriteRuleSet> rewrites,
            Table<EntraJwtValidationConfig> tokens) {}

    private final Table<HttpListener> listeners;
    private final Parts parts;
    private final TargetReader targets;
    private final Problems problems;

    RuleReader(Table<HttpListener> listeners, Parts parts, TargetReader targets, Problems problems) {
        this.listeners = listeners;
        this.parts = parts;
        this.targets = targets;
        this.problems = problems;
    }

    Optional<RequestRoutingRule> rule(String name, ConfigObject object) {
        Type type = object.choice("ruleType", TYPES).orElse(Type.BASIC);
        Optional<HttpListener> listener =
                object.requiredReference("httpListener").flatMap(listeners::resolve);
        @Nullable
        Integer priority = object.get("priority")
                .flatMap(node -> new Scalars(problems).integer(node, 1, 20_000, "VAL-6"))
                .orElse(null);
        Optional<EntraJwtValidationConfig> token =
                object.reference("entraJWTValidationConfig").flatMap(parts.tokens()::resolve);
        listener.filter(l -> token.isPresent()).ifPresent(l -> noteOpenToken(l, object));
        warnOfUnusedMaps(type, object);
        Optional<Target> target = type == Type.BASIC ? targets.read(object, TargetReader.Keys.RULE) : Optional.empty();
        Optional<UrlPathMap> map = type == Type.PATH_BASED ? map(object, "urlPathMap", parts.maps()) : Optional.empty();
        Optional<AdvancedRoutingMap> advanced =
                type == Type.ADVANCED ? map(object, "advancedRoutingMap", parts.advancedMaps()) : Optional.empty();
        Optional<RewriteRuleSet> rewrite = rewrite(type, object);
        if (listener.isEmpty() || (target.isEmpty() && map.isEmpty() && advanced.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new RequestRoutingRule(
                name,
                priority,
                listener.get(),
                target.orElse(null),
                map.orElse(null),
                advanced.orElse(null),
                rewrite.orElse(null),
                token.orElse(null)));
    }

    /** VAL-29. The set of a rule with a map is stale: maps carry their own (REQ-28). */
    private Optional<RewriteRuleSet> rewrite(Type type, ConfigObject object) {
        if (type != Type.BASIC) {
            if (object.isStated("rewriteRuleSet")) {
                warnOfUnused(object, "rewriteRuleSet", "REQ-28", "the rule has a map, whose own rewrite sets count");
            }
            return Optional.empty();
        }
        Optional<Reference> reference = object.reference("rewriteRuleSet");
        Optional<RewriteRuleSet> set = reference.flatMap(parts.rewrites()::resolve);
        set.filter(RewriteRuleSet::reroutes)
                .ifPresent(found -> problems.error(
                        "VAL-29",
                        Kind.CONFLICT,
                        object.placeOf("rewriteRuleSet"),
                        "the set " + Wording.quote(found.name())
                                + " asks for the path map again (reroute), but a Basic rule has none.",
                        "Set reroute to false, or make the rule PathBasedRouting."));
        return set;
    }

    /** Pool and settings that an export prints beside the map are stale: the map alone counts (section 4.10). */
    private <M> Optional<M> map(ConfigObject object, String member, Table<M> maps) {
        if (!object.isStated(member)) {
            problems.error(
                    "VAL-17",
                    Kind.MISSING,
                    object.placeOf(member),
                    member.equals("urlPathMap")
                            ? "a PathBasedRouting rule needs a path map."
                            : "an AdvancedRouting rule needs an advanced routing map.",
                    "Refer to one of " + member + "s, or make the rule Basic.");
        }
        return object.reference(member).flatMap(maps::resolve);
    }

    private void warnOfUnusedMaps(Type type, ConfigObject object) {
        if (type != Type.PATH_BASED && object.isStated("urlPathMap")) {
            warnOfUnused(object, "urlPathMap", "VAL-17", "the rule is not PathBasedRouting");
        }
        if (type != Type.ADVANCED && object.isStated("advancedRoutingMap")) {
            warnOfUnused(object, "advancedRoutingMap", "VAL-17", "the rule is not AdvancedRouting");
        }
    }

    private void warnOfUnused(ConfigObject object, String member, String id, String cause) {
        problems.warn(
                id,
                Kind.CONFLICT,
                object.placeOf(member),
                "it is not used: " + cause + ".",
                "Remove it, or change ruleType.");
    }

    /** REQ-16: a token on an open line is anybody's. */
    private void noteOpenToken(HttpListener listener, ConfigObject object) {
        if (listener.protocol() != Protocol.HTTPS) {
            problems.azure(
                    "REQ-16",
                    Kind.CONFLICT,
                    object.placeOf("entraJWTValidationConfig"),
                    "Azure checks tokens on Https listeners only; " + Wording.quote(listener.name())
                            + " speaks Http. Gatehouse checks them there"
                            + " too, but a token on an open line is anybody's.",
                    "Use an Https listener.");
        }
    }
}
