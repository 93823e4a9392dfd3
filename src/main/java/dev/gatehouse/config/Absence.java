package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.List;
import java.util.Optional;

/**
 * Why there may be no gateway in a file: it is switched off, or in a template that is not here. Immutable.
 *
 * @param root of the file
 * @param switchedOff resources whose condition is false
 * @param missingLinks addresses of linked templates without a file here
 */
record Absence(Node root, List<ObjectNode> switchedOff, List<String> missingLinks) {

    void report(Problems problems) {
        Optional<ObjectNode> off =
                switchedOff.stream().filter(Absence::holdsGateway).findFirst();
        if (off.isPresent()) {
            Place place = off.get().get("condition").map(Node::place).orElse(root.place());
            problems.error(
                    "CFG-1",
                    Kind.SHAPE,
                    place,
                    "the Application Gateway of this template is switched off: its condition is false.",
                    "Give the parameters that switch it on, in the local file or with --param.");
            return;
        }
        String links = missingLinks.isEmpty()
                ? ""
                : " It links to templates that are not beside it: " + Wording.list(missingLinks) + ".";
        problems.error(
                "CFG-1",
                Kind.SHAPE,
                root.place(),
                "no Application Gateway is in this file." + links,
                "Give a template with a resource of type " + GatewayFinder.TYPE
                        + ", or what 'az network application-gateway show' prints.");
    }

    /** As deep as the tree, which its reader bounds. */
    private static boolean holdsGateway(Node node) {
        if (node instanceof ArrayNode array) {
            return array.elements().stream().anyMatch(Absence::holdsGateway);
        }
        return node instanceof ObjectNode object
                && (object.text("type")
                                .filter(GatewayFinder.TYPE::equalsIgnoreCase)
                                .isPresent()
                        || object.members().stream().anyMatch(member -> holdsGateway(member.value())));
    }
}
