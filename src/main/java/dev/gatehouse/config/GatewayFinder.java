package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.template.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the gateway objects of a tree, whatever the file's shape (section 1), and hands templates to their evaluator.
 * Below the gateway all shapes read alike. Confined to one load.
 */
final class GatewayFinder {
    static final String TYPE = "Microsoft.Network/applicationGateways";

    /** One of these makes an object a gateway even without a type. */
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
     * @param shape {@code arm-template}, {@code arm-resource}, {@code cli-export}, {@code list}, {@code fragment},
     *     {@code parameter-file}, {@code wrapped} or {@code unknown}
     * @param gateways in file order
     */
    record Found(String shape, List<Candidate> gateways) {}

    /**
     * A gateway without expressions.
     *
     * @param node the resource
     * @param template the resources around it, if it stands in a template
     */
    record Candidate(ObjectNode node, Optional<Templates.Expansion> template) {
        String name() {
            return nameOf(node);
        }
    }

    private final Templates templates;
    private final List<Candidate> gateways = new ArrayList<>();
    private final Set<String> shapes = new LinkedHashSet<>();

    private GatewayFinder(Templates templates) {
        this.templates = templates;
    }

    static Found find(TreeReader.Tree tree, Templates templates) {
        GatewayFinder finder = new GatewayFinder(templates);
        finder.search(tree.root());
        if (finder.gateways.isEmpty() && !finder.shapes.contains("arm-template")) {
            finder.searchEverywhere(tree.root());
        }
        if (tree.isFragment()) {
            return new Found("fragment", finder.gateways);
        }
        return new Found(finder.shapes.stream().findFirst().orElse("unknown"), finder.gateways);
    }

    static String nameOf(ObjectNode gateway) {
        return gateway.text("name")
                .or(() -> gateway.get("name").filter(OpenNode.class::isInstance).map(open -> ((OpenNode) open).text()))
                .or(() -> gateway.text("id").map(id -> ReferenceText.of(id).name()))
                .filter(name -> !name.isBlank())
                .orElse("gateway");
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
        if (isGateway(object)) {
            shapes.add(holdsCollections(object) ? "cli-export" : "arm-resource");
            addBare(object);
        } else if (object.get("resources").isPresent()) {
            shapes.add("arm-template");
            addTemplate(object, Optional.empty());
        } else {
            searchInside(object);
        }
    }

    private void searchInside(ObjectNode object) {
        Optional<ObjectNode> request = object.object("properties")
                .filter(inner -> inner.get("template").isPresent());
        request.flatMap(inner -> inner.object("template")).ifPresent(template -> {
            shapes.add("arm-template");
            addTemplate(template, request.flatMap(inner -> inner.object("parameters")));
        });
        WRAPPERS.forEach(name -> object.get(name).ifPresent(this::search));
        searchExample(object);
        object.object("parameters").ifPresent(this::searchParameters);
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

    /** A parameter file whose parameters are the gateway's own collections. */
    private void searchParameters(ObjectNode parameters) {
        Map<String, Member> values = new LinkedHashMap<>();
        for (Member parameter : parameters.members()) {
            if (parameter.value() instanceof ObjectNode entry) {
                entry.get("value")
                        .ifPresent(value -> values.put(
                                ObjectNode.fold(parameter.name()),
                                new Member(parameter.name(), parameter.place(), value)));
            }
        }
        ObjectNode flat = new ObjectNode(parameters.place(), values);
        if (gateways.isEmpty() && count(flat) > 1) {
            shapes.add("parameter-file");
            addBare(flat);
        }
    }

    /** Whatever holds two collections of a gateway is one: recordings, bundles, the files of other tools. */
    private void searchEverywhere(Node node) {
        if (node instanceof ArrayNode array) {
            array.elements().forEach(this::searchEverywhere);
        } else if (node instanceof ObjectNode object) {
            boolean isGateway =
                    object.text("type").filter(TYPE::equalsIgnoreCase).isPresent()
                            || count(object) > 1
                            || object.object("properties")
                                    .filter(inner -> count(inner) > 1)
                                    .isPresent();
            if (isGateway) {
                shapes.clear();
                shapes.add("wrapped");
                addBare(object);
            } else {
                object.members().forEach(member -> searchEverywhere(member.value()));
            }
        }
    }

    private void addBare(ObjectNode gateway) {
        gateways.add(new Candidate(templates.evaluateBare(gateway), Optional.empty()));
    }

    private void addTemplate(ObjectNode template, Optional<ObjectNode> parameters) {
        Templates.Expansion expansion = templates.expand(template, parameters);
        for (ObjectNode gateway : expansion.resources(TYPE)) {
            gateways.add(new Candidate(gateway, Optional.of(expansion)));
        }
    }

    private static boolean isGateway(ObjectNode object) {
        return object.text("type").filter(TYPE::equalsIgnoreCase).isPresent()
                || holdsCollections(object)
                || object.object("properties")
                        .filter(GatewayFinder::holdsCollections)
                        .isPresent();
    }

    private static boolean holdsCollections(ObjectNode object) {
        return count(object) > 0;
    }

    private static long count(ObjectNode object) {
        return COLLECTIONS.stream()
                .filter(name -> object.get(name)
                        .filter(node -> node instanceof ArrayNode || node instanceof OpenNode || isText(node))
                        .isPresent())
                .count();
    }

    /** An expression in place of a collection. */
    private static boolean isText(Node node) {
        return node instanceof ScalarNode scalar && scalar.isText();
    }
}
