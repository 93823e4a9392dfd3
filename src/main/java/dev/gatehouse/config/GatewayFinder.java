package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the gateway objects of a tree, whatever the file's shape (section 1). Below them all shapes read alike, so a
 * step that evaluates a template may stand between the parser and this class, tree in and tree out. Confined to one load.
 */
final class GatewayFinder {
    static final String TYPE = "Microsoft.Network/applicationGateways";

    /** Two of these make an object a gateway even without a type. */
    private static final List<String> COLLECTIONS = List.of(
            "httpListeners",
            "requestRoutingRules",
            "frontendPorts",
            "frontendIPConfigurations",
            "backendAddressPools",
            "backendHttpSettingsCollection",
            "urlPathMaps",
            "sslCertificates",
            "gatewayIPConfigurations",
            "listeners",
            "routingRules");

    /** Wrappers whose content is a gateway, a list of them or a template. */
    private static final List<String> WRAPPERS = List.of("value", "applicationGateway", "template");

    /**
     * What was found.
     *
     * @param shape {@code arm-template}, {@code arm-resource}, {@code cli-export}, {@code list}, {@code fragment} or
     *     {@code unknown}
     * @param gateways in file order
     */
    record Found(String shape, List<ObjectNode> gateways) {}

    private final List<ObjectNode> gateways = new ArrayList<>();
    private final Set<String> shapes = new LinkedHashSet<>();

    private GatewayFinder() {}

    static Found find(TreeReader.Tree tree) {
        GatewayFinder finder = new GatewayFinder();
        finder.search(tree.root());
        if (tree.isFragment()) {
            return new Found("fragment", finder.gateways);
        }
        return new Found(finder.shapes.stream().findFirst().orElse("unknown"), finder.gateways);
    }

    /** The only gateway, or a problem that says what there is instead. */
    static Optional<ObjectNode> onlyOne(Found found, Node root, Problems problems) {
        if (found.gateways().isEmpty()) {
            problems.error(
                    "CFG-1",
                    Kind.SHAPE,
                    root.place(),
                    "no Application Gateway is in this file.",
                    "Give a template with a resource of type " + TYPE
                            + ", or what 'az network application-gateway show' prints.");
        }
        if (found.gateways().size() > 1) {
            problems.error(
                    "CFG-4",
                    Kind.SHAPE,
                    found.gateways().get(1).place(),
                    "the file holds " + found.gateways().size() + " gateways: " + names(found.gateways()) + ".",
                    "Keep one gateway per file.");
        }
        return found.gateways().size() == 1 ? Optional.of(found.gateways().get(0)) : Optional.empty();
    }

    static String nameOf(ObjectNode gateway) {
        return gateway.text("name")
                .or(() -> gateway.text("id").map(id -> ReferenceText.of(id).name()))
                .filter(name -> !name.isBlank())
                .orElse("gateway");
    }

    private static String names(List<ObjectNode> gateways) {
        return Wording.list(gateways.stream().map(GatewayFinder::nameOf).toList());
    }

    /** As deep as the tree, which its reader bounds. */
    private void search(Node node) {
        if (node instanceof ArrayNode array) {
            shapes.add("list");
            array.elements().forEach(this::search);
        } else if (node instanceof ObjectNode object) {
            searchObject(object);
        }
    }

    private void searchObject(ObjectNode object) {
        if (isSwitchedOff(object)) {
            return;
        }
        if (isGateway(object)) {
            shapes.add(holdsCollections(object) ? "cli-export" : "arm-resource");
            gateways.add(object);
        } else if (object.get("resources").isPresent()) {
            shapes.add("arm-template");
            object.get("resources").ifPresent(this::searchResources);
        } else {
            object.object("properties")
                    .filter(inner -> inner.get("template").isPresent())
                    .ifPresent(this::search);
            WRAPPERS.forEach(name -> object.get(name).ifPresent(this::search));
            searchExample(object);
        }
    }

    /** A REST example: the request's body, or, of a GET, the answer's. */
    private void searchExample(ObjectNode object) {
        object.object("parameters")
                .flatMap(request -> request.get("parameters"))
                .ifPresent(this::search);
        if (gateways.isEmpty()) {
            object.object("responses")
                    .flatMap(responses -> responses.object("200"))
                    .flatMap(answer -> answer.get("body"))
                    .ifPresent(this::search);
        }
    }

    private void searchResources(Node resources) {
        if (resources instanceof ArrayNode array) {
            array.elements().forEach(this::searchResource);
        } else if (resources instanceof ObjectNode symbolic) {
            symbolic.members().forEach(member -> searchResource(member.value()));
        }
    }

    private void searchResource(Node node) {
        if (!(node instanceof ObjectNode resource) || isSwitchedOff(resource)) {
            return;
        }
        if (resource.text("type").filter(TYPE::equalsIgnoreCase).isPresent()) {
            gateways.add(resource);
        } else if (resource.text("type")
                .filter("Microsoft.Resources/deployments"::equalsIgnoreCase)
                .isPresent()) {
            resource.object("properties")
                    .flatMap(inner -> inner.get("template"))
                    .ifPresent(this::search);
        }
    }

    /** {@code condition: false} removes a resource. */
    private static boolean isSwitchedOff(ObjectNode object) {
        return object.get("condition")
                .filter(node ->
                        node instanceof ScalarNode scalar && scalar.text().equalsIgnoreCase("false"))
                .isPresent();
    }

    private static boolean isGateway(ObjectNode object) {
        return object.text("type").filter(TYPE::equalsIgnoreCase).isPresent()
                || holdsCollections(object)
                || object.object("properties")
                        .filter(GatewayFinder::holdsCollections)
                        .isPresent();
    }

    private static boolean holdsCollections(ObjectNode object) {
        return COLLECTIONS.stream().anyMatch(name -> object.get(name).isPresent());
    }
}
