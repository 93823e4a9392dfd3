package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Functions that make resource ids (CFG-13). Type and names interleave: type {@code A/b/c} with the names n1 and n2
 * gives {@code providers/A/b/n1/c/n2}. Stateless.
 */
final class IdFunctions {
    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final String GROUPS = "/providers/Microsoft.Management/managementGroups/";

    private IdFunctions() {}

    static List<Builtin> all() {
        return List.of(
                free("resourceId", 2, ANY, IdFunctions::resourceId),
                free("subscriptionResourceId", 2, ANY, arguments -> ofScope(arguments, IdFunctions::subscription)),
                free("managementGroupResourceId", 2, ANY, arguments -> ofScope(arguments, IdFunctions::group)),
                free("tenantResourceId", 2, ANY, arguments -> made(arguments, "", 0)),
                free("extensionResourceId", 3, ANY, IdFunctions::extension));
    }

    /** What stands in front of the providers, for an id with so many arguments before its type. */
    @FunctionalInterface
    private interface Start {
        String of(Arguments arguments, int leading);
    }

    private static Node resourceId(Arguments arguments) {
        OptionalInt type = typeIndex(arguments, 2);
        return type.isEmpty() ? arguments.open() : made(arguments, start(arguments, type.getAsInt()), type.getAsInt());
    }

    private static Node ofScope(Arguments arguments, Start start) {
        OptionalInt type = typeIndex(arguments, 1);
        return type.isEmpty()
                ? arguments.open()
                : made(arguments, start.of(arguments, type.getAsInt()), type.getAsInt());
    }

    private static Node extension(Arguments arguments) {
        String base = TextFunctions.textOrOpen(arguments, 0);
        return made(arguments, base.endsWith("/") ? base.substring(0, base.length() - 1) : base, 1);
    }

    /**
     * The first argument with a slash is the type: subscriptions and groups have none. Absent if it may be any of the
     * arguments that are open.
     */
    private static OptionalInt typeIndex(Arguments arguments, int mostBefore) {
        boolean isOpen = false;
        for (int i = 0; i <= mostBefore && i < arguments.count(); i++) {
            String text = TextFunctions.textOrOpen(arguments, i);
            boolean isWholeHole = arguments.isOpen(i) && Holes.isWhole(text);
            if (!isWholeHole && withoutHoles(text).contains("/")) {
                return OptionalInt.of(i);
            }
            isOpen |= arguments.isOpen(i);
        }
        if (isOpen) {
            arguments.nodes();
            return OptionalInt.empty();
        }
        throw arguments.fault(
                0, "no argument is a resource type.", "Give one such as 'Microsoft.Network/applicationGateways'.");
    }

    private static String withoutHoles(String text) {
        return Holes.change(text, known -> known, hole -> "");
    }

    private static String start(Arguments arguments, int leading) {
        String first = leading > 0 ? TextFunctions.textOrOpen(arguments, 0) : "";
        // A single leading argument is a subscription only if it looks like one; resource groups are not named so.
        boolean isSubscription = leading > 1 || GUID.matcher(first).matches();
        String subscription = isSubscription ? first : arguments.scope().subscriptionId();
        String group = leading > 1
                ? TextFunctions.textOrOpen(arguments, 1)
                : leading == 1 && !isSubscription ? first : arguments.scope().resourceGroupName();
        return "/subscriptions/" + subscription + "/resourceGroups/" + group;
    }

    private static String subscription(Arguments arguments, int leading) {
        return "/subscriptions/"
                + (leading > 0
                        ? TextFunctions.textOrOpen(arguments, 0)
                        : arguments.scope().subscriptionId());
    }

    private static String group(Arguments arguments, int leading) {
        if (leading > 0) {
            return GROUPS + TextFunctions.textOrOpen(arguments, 0);
        }
        Node group = arguments.scope().environment("managementGroup", arguments.call());
        return GROUPS
                + (group instanceof ObjectNode object
                        ? object.text("name").orElse("")
                        : Holes.hole("managementGroup().name"));
    }

    private static Node made(Arguments arguments, String start, int typeIndex) {
        String type = trimmed(TextFunctions.textOrOpen(arguments, typeIndex));
        if (arguments.isOpen(typeIndex) && Holes.isWhole(type)) {
            arguments.nodes();
            return arguments.open();
        }
        List<String> segments = Segments.of(type);
        Segments names = new Segments();
        for (int i = typeIndex + 1; i < arguments.count(); i++) {
            names.add(trimmed(TextFunctions.textOrOpen(arguments, i)));
            arguments.budget().spendText(type.length() + names.length(), arguments.offset(i));
        }
        if (names.size() != segments.size() - 1) {
            return mismatch(arguments, typeIndex, segments.size() - 1, names.size());
        }
        StringBuilder id = new StringBuilder(start).append("/providers/").append(segments.get(0));
        for (int i = 1; i < segments.size(); i++) {
            id.append('/').append(segments.get(i)).append('/').append(names.get(i - 1));
        }
        arguments.budget().spendText(id.length(), arguments.offset());
        return arguments.ofSpelled(id.toString());
    }

    /** An open name may hold the slashes that are missing. */
    private static Node mismatch(Arguments arguments, int typeIndex, int needed, int given) {
        boolean mayFit = false;
        for (int i = typeIndex; i < arguments.count(); i++) {
            mayFit |= arguments.isOpen(i);
        }
        if (mayFit && given < needed) {
            return arguments.open();
        }
        throw arguments.fault(
                typeIndex,
                "the resource type needs " + needed + (needed == 1 ? " name" : " names") + ", but " + given
                        + (given == 1 ? " follows." : " follow."),
                "Give one name for each part of the type behind its provider.");
    }

    /** Slashes at the ends are seen in published templates and say nothing. */
    private static String trimmed(String text) {
        int from = text.startsWith("/") ? 1 : 0;
        int to = text.length() > from && text.endsWith("/") ? text.length() - 1 : text.length();
        return text.substring(from, to);
    }
}
