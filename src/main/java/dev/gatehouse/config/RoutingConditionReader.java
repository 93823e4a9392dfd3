package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.RoutingCondition;
import dev.gatehouse.model.RoutingConditionSet;
import dev.gatehouse.model.ValueMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The conditions of advanced routing (section 4.18). Confined to one load. */
final class RoutingConditionReader {
    private static final Map<String, RoutingCondition.Type> TYPES = Map.of(
            "Header", RoutingCondition.Type.HEADER,
            "QueryString", RoutingCondition.Type.QUERY_STRING,
            "Path", RoutingCondition.Type.PATH,
            "ClientIP", RoutingCondition.Type.CLIENT_IP,
            "Method", RoutingCondition.Type.METHOD);

    private final Problems problems;

    RoutingConditionReader(Problems problems) {
        this.problems = problems;
    }

    Optional<RoutingConditionSet> set(String name, ConfigObject object) {
        List<RoutingCondition> conditions = new ArrayList<>();
        List<ConfigObject> objects = object.objects("routingConditions");
        objects.forEach(condition -> condition(condition).ifPresent(conditions::add));
        if (objects.isEmpty()) {
            refuse(
                    Kind.MISSING,
                    object,
                    "routingConditions",
                    "the set has no condition.",
                    "Add one; requests that need none go to the map's default.");
        }
        return Optional.of(new RoutingConditionSet(name, conditions));
    }

    private Optional<RoutingCondition> condition(ConfigObject object) {
        object.require("conditionType");
        Optional<RoutingCondition.Type> type = object.choice("conditionType", TYPES);
        Optional<String> property = object.text("propertyName").map(String::strip);
        List<String> values = object.texts("propertyValues");
        Optional<ValueMatcher> matcher = object.object("propertyValueMatcher").flatMap(new Patterns(problems)::matcher);
        if (type.isEmpty() || !isWhole(type.get(), object) || values.isEmpty() == matcher.isEmpty()) {
            return Optional.empty();
        }
        boolean isNamed =
                type.get() == RoutingCondition.Type.HEADER || type.get() == RoutingCondition.Type.QUERY_STRING;
        return Optional.of(new RoutingCondition(
                type.get(), property.filter(name -> isNamed).orElse(null), values, matcher.orElse(null)));
    }

    private boolean isWhole(RoutingCondition.Type type, ConfigObject object) {
        boolean isNamed = type == RoutingCondition.Type.HEADER || type == RoutingCondition.Type.QUERY_STRING;
        boolean hasValues = !object.array("propertyValues").isEmpty();
        boolean hasMatcher = object.isStated("propertyValueMatcher");
        if (isNamed && !object.isStated("propertyName")) {
            refuse(Kind.MISSING, object, "propertyName", "the condition does not say which one.", "Name it.");
            return false;
        }
        if (hasValues == hasMatcher) {
            refuse(
                    hasValues ? Kind.CONFLICT : Kind.MISSING,
                    object,
                    "propertyValues",
                    hasValues ? "the condition has values and also a matcher." : "the condition compares with nothing.",
                    "Give it either propertyValues or propertyValueMatcher.");
            return false;
        }
        if (hasMatcher && (type == RoutingCondition.Type.CLIENT_IP || type == RoutingCondition.Type.METHOD)) {
            refuse(
                    Kind.CONFLICT,
                    object,
                    "propertyValueMatcher",
                    "client addresses and methods cannot be matched by a pattern.",
                    "List them in propertyValues.");
            return false;
        }
        return type != RoutingCondition.Type.CLIENT_IP || hasAddresses(object);
    }

    private boolean hasAddresses(ConfigObject object) {
        Optional<String> bad = object.texts("propertyValues").stream()
                .filter(text -> !Hosts.isAddressBlock(text.strip()))
                .findFirst();
        bad.ifPresent(text -> refuse(
                Kind.RANGE,
                object,
                "propertyValues",
                Wording.quote(text) + " is no IP address and no block of them.",
                "Write an address such as \"10.1.2.3\" or a block such as \"10.1.0.0/16\"."));
        return bad.isEmpty();
    }

    private void refuse(Kind kind, ConfigObject object, String member, String cause, String cure) {
        problems.error("REQ-23", kind, object.placeOf(member), cause, cure);
    }
}
