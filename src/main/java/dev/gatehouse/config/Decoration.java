package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.SecretNames;
import java.util.Locale;
import java.util.Set;

/**
 * What an export leaves out of a gateway: what Azure alone writes, what belongs to the template around it, what is
 * secret (section 4). Stateless.
 */
final class Decoration {
    /** Read-only, wherever it stands; in lower case, as all names here. */
    private static final Set<String> BOOKKEEPING = Set.of("etag", "provisioningstate", "resourceguid");

    /** Read-only, in objects that are known. */
    private static final Set<String> STATE = Set.of("operationalstate", "validatedcertdata", "clientcertissuerdn");

    private static final Set<String> TEMPLATE =
            Set.of("dependson", "condition", "copy", "comments", "metadata", "scope", "existing");

    /** Arrays in which Azure prints who refers to an object; where they are settings, the catalogue knows them. */
    private static final Set<String> BACK_REFERENCES = Set.of(
            "httplisteners",
            "requestroutingrules",
            "routingrules",
            "urlpathmaps",
            "pathrules",
            "redirectconfigurations",
            "redirectconfiguration",
            "backendhttpsettings",
            "backendhttpsettingscollection",
            "backendsettings",
            "sslprofiles",
            "rewriterulesets",
            "listeners",
            "loaddistributionpolicies",
            "advancedroutingmaps",
            "advancedroutingrules");

    private Decoration() {}

    /** Whether a key of the gateway is the template's and not the gateway's. */
    static boolean isOfTemplate(String name) {
        return TEMPLATE.contains(ObjectNode.fold(name));
    }

    /** What is left out even of objects that nobody knows. */
    static boolean isBookkeeping(String name, ObjectNode holder) {
        String folded = ObjectNode.fold(name);
        return BOOKKEEPING.contains(folded)
                || SecretNames.isSecret(folded)
                || (folded.equals("resourcegroup") && holder.get("id").isPresent());
    }

    /** What is left out of an object that is known. */
    static boolean isDecoration(Member member, ObjectNode holder) {
        String folded = ObjectNode.fold(member.name());
        return isBookkeeping(folded, holder)
                || STATE.contains(folded)
                || isPrintedTwice(member.name(), member.value(), holder)
                || (BACK_REFERENCES.contains(folded) && holdsOnlyIds(member.value()));
    }

    /** PowerShell prints each collection a second time, as text (CFG-5). */
    private static boolean isPrintedTwice(String name, Node value, ObjectNode holder) {
        boolean isText =
                value instanceof ScalarNode && name.toLowerCase(Locale.ROOT).endsWith("text");
        return isText
                && holder.get(name.substring(0, name.length() - "text".length()))
                        .isPresent();
    }

    private static boolean holdsOnlyIds(Node value) {
        return value instanceof ArrayNode array && array.elements().stream().allMatch(Decoration::isIdAlone);
    }

    private static boolean isIdAlone(Node node) {
        return node instanceof ObjectNode object
                && object.members().stream()
                        .allMatch(member -> member.name().equalsIgnoreCase("id")
                                || member.name().equalsIgnoreCase("resourceGroup"));
    }
}
