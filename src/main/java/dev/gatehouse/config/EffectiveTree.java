package dev.gatehouse.config;

import dev.gatehouse.config.Form.Fallback;
import dev.gatehouse.config.Form.Property;
import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.model.HostText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A gateway in whatever layout to the same gateway in ARM's: what the {@link Catalogue} knows in Azure's spelling and
 * with the values that hold, the rest as written, secrets and read-only decoration left out. A value that is not known
 * is an error. Confined to one export.
 */
final class EffectiveTree {
    private static final Set<String> IDENTITY = Set.of("name", "id", "type");

    private final ObjectNode gateway;
    private final String name;
    private final ResourceIds ids;
    /** Oddities of the file are problems of its load and said there. */
    private final Problems known = new Problems();

    private final Scalars values = new Scalars(known);

    EffectiveTree(ObjectNode gateway) {
        this.gateway = gateway;
        this.name = GatewayFinder.nameOf(gateway);
        this.ids = new ResourceIds(gateway, ConfigObject.of(gateway, known), name);
    }

    ObjectNode build() {
        Members tree = new Members(gateway.place());
        tree.put("name", text(name));
        tree.put("id", text(ids.gateway()));
        tree.put("type", text(GatewayFinder.TYPE));
        Predicate<String> isOutside = isWrapped(gateway)
                ? member -> !Decoration.isOfTemplate(member)
                : member -> Catalogue.ENVELOPE.stream().anyMatch(member::equalsIgnoreCase);
        putUnknown(tree, gateway, Catalogue.GATEWAY, isOutside);
        Predicate<String> isInside = member -> !isOutside.test(member) && !Decoration.isOfTemplate(member);
        tree.put("properties", properties(gateway, Catalogue.GATEWAY, ids.gateway(), GatewayFinder.TYPE, isInside));
        return tree.build();
    }

    /** Everything inside the wrapper; in a flattened file what is not known belongs there, too. */
    private ObjectNode properties(
            ObjectNode node, List<Property> properties, String id, String type, Predicate<String> isInside) {
        Members inner = new Members(node.place());
        putKnown(inner, node, properties, id, type);
        if (isWrapped(node)) {
            node.object("properties").ifPresent(object -> putUnknown(inner, object, properties, member -> true));
        } else {
            putUnknown(inner, node, properties, member -> isInside.test(member) && !IDENTITY.contains(member));
        }
        return inner.build();
    }

    private static boolean isWrapped(ObjectNode node) {
        return node.object("properties").isPresent();
    }

    private void putKnown(Members target, ObjectNode node, List<Property> properties, String id, String type) {
        ConfigObject object = ConfigObject.of(node, known);
        for (Property property : properties) {
            Optional<Node> value = object.get(property.name()).flatMap(found -> value(found, property, id, type));
            value.or(() -> property.otherwise().apply(object).map(EffectiveTree::scalar))
                    .ifPresent(found -> target.put(property.name(), found));
        }
    }

    private void putUnknown(Members target, ObjectNode node, List<Property> properties, Predicate<String> filter) {
        for (Member member : node.members()) {
            boolean isKnown = target.has(member.name())
                    || properties.stream().anyMatch(property -> property.name().equalsIgnoreCase(member.name()));
            boolean isWrapper = member.name().equalsIgnoreCase("properties") && isWrapped(node);
            if (!isKnown
                    && !isWrapper
                    && filter.test(ObjectNode.fold(member.name()))
                    && !Decoration.isDecoration(member, node)) {
                copy(member.value()).ifPresent(value -> target.put(member.name(), value));
            }
        }
    }

    private Optional<Node> value(Node node, Property property, String id, String type) {
        return value(node, property.form(), id + "/" + property.name(), type + "/" + property.name());
    }

    /** A value in its form; what does not fit the form is kept as it is. */
    private Optional<Node> value(Node node, Form form, String id, String type) {
        if (form instanceof Form.Secret) {
            return Optional.empty();
        }
        if (form instanceof Form.Several several && node instanceof ArrayNode array) {
            List<Node> elements = array.elements().stream()
                    .filter(element -> !ObjectNode.isNull(element))
                    .flatMap(element -> value(element, several.element(), id, type).stream())
                    .toList();
            return Optional.of(new ArrayNode(array.place(), elements));
        }
        if (form instanceof Form.Plain plain && node instanceof ObjectNode object) {
            Members members = new Members(object.place());
            putKnown(members, object, plain.properties(), id, type);
            object.object("properties")
                    .ifPresent(inner -> putUnknown(members, inner, plain.properties(), member -> true));
            putUnknown(members, object, plain.properties(), member -> true);
            return Optional.of(members.build());
        }
        if (form instanceof Form.Named named && node instanceof ObjectNode object) {
            return Optional.of(named(object, named, id, type));
        }
        if (form instanceof Form.Reference reference) {
            return reference(node, reference.collection());
        }
        if (form instanceof Form.Outside) {
            return isBlankReference(node) ? Optional.empty() : copy(node);
        }
        return form instanceof Form.Member ? member(node) : scalar(node, form);
    }

    private ObjectNode named(ObjectNode object, Form.Named form, String id, String type) {
        Members item = new Members(object.place());
        Optional<String> ownName = ResourceIds.nameOf(ConfigObject.of(object, known));
        ownName.ifPresent(text -> {
            item.put("name", text(text));
            item.put("id", text(id + "/" + text));
        });
        item.put("type", text(type));
        putUnknown(item, object, form.properties(), member -> isWrapped(object));
        String ownId = id + "/" + ownName.orElse("");
        item.put("properties", properties(object, form.properties(), ownId, type, member -> true));
        return item.build();
    }

    /** CFG-14: by collection and name; an id that fits nothing here is kept, nobody asked for it. */
    private Optional<Node> reference(Node node, String collection) {
        if (isBlankReference(node)) {
            return Optional.empty();
        }
        Optional<Node> id = idText(node)
                .flatMap(text -> ids.of(collection, ReferenceText.of(text).name()))
                .map(EffectiveTree::text);
        if (id.isEmpty()) {
            return copy(node);
        }
        Members reference = new Members(node.place());
        reference.put("id", id.get());
        return Optional.of(reference.build());
    }

    /** Of an id that is known in part, the part may be enough. */
    private static Optional<String> idText(Node node) {
        if (node instanceof ObjectNode object) {
            return object.get("id").or(() -> object.get("name")).flatMap(EffectiveTree::idText);
        }
        if (node instanceof OpenNode open) {
            return Optional.of(open.text());
        }
        return node instanceof ScalarNode scalar && scalar.isText() ? Optional.of(scalar.text()) : Optional.empty();
    }

    private static boolean isBlankReference(Node node) {
        return node instanceof ObjectNode object
                ? object.members().isEmpty()
                        || object.text("id").filter(String::isBlank).isPresent()
                : node instanceof ScalarNode scalar && scalar.text().isBlank();
    }

    private Optional<Node> member(Node node) {
        if (node instanceof ObjectNode object) {
            Form fields = Form.plain(Form.property("fqdn", Form.TEXT), Form.property("ipAddress", Form.TEXT));
            return value(object, fields, "", "");
        }
        if (node instanceof ScalarNode scalar && scalar.isText()) {
            Members member = new Members(node.place());
            member.put(HostText.isIpLiteral(scalar.text().strip()) ? "ipAddress" : "fqdn", scalar);
            return Optional.of(member.build());
        }
        return copy(node);
    }

    private Optional<Node> scalar(Node node, Form form) {
        if (!(node instanceof ScalarNode scalar)) {
            return copy(node);
        }
        Optional<Fallback> canonical = Optional.empty();
        if (form instanceof Form.Text) {
            canonical = Optional.of(new Fallback(ScalarNode.Type.TEXT, scalar.text()));
        } else if (form instanceof Form.Whole) {
            canonical =
                    values.number(scalar).map(number -> new Fallback(ScalarNode.Type.NUMBER, Long.toString(number)));
        } else if (form instanceof Form.Flag) {
            canonical = values.flag(scalar).map(flag -> new Fallback(ScalarNode.Type.BOOLEAN, flag.toString()));
        } else if (form instanceof Form.Choice choice) {
            canonical = choice.names().stream()
                    .filter(name -> name.equalsIgnoreCase(scalar.text().strip()))
                    .findFirst()
                    .map(name -> new Fallback(ScalarNode.Type.TEXT, name));
        }
        return Optional.of(canonical
                .<Node>map(found -> new ScalarNode(scalar.place(), found.type(), found.text()))
                .orElse(scalar));
    }

    /** What is not known was not needed either, or the gateway would be refused; it is printed with its holes. */
    private Node open(OpenNode open) {
        return open.known().flatMap(this::copy).orElseGet(() -> text(open.text()));
    }

    /** As written, without nulls, secrets and decoration. */
    private Optional<Node> copy(Node node) {
        if (node instanceof OpenNode open) {
            return Optional.of(open(open));
        }
        if (node instanceof ArrayNode array) {
            List<Node> elements = new ArrayList<>();
            array.elements().forEach(element -> copy(element).ifPresent(elements::add));
            return Optional.of(new ArrayNode(array.place(), elements));
        }
        if (node instanceof ObjectNode object) {
            Members members = new Members(object.place());
            object.members().stream()
                    .filter(member -> !Decoration.isBookkeeping(member.name(), object))
                    .forEach(member -> copy(member.value()).ifPresent(value -> members.put(member.name(), value)));
            return Optional.of(members.build());
        }
        return ObjectNode.isNull(node) ? Optional.empty() : Optional.of(node);
    }

    private static Node text(String text) {
        return scalar(new Fallback(ScalarNode.Type.TEXT, text));
    }

    private static Node scalar(Fallback value) {
        return new ScalarNode(Place.wholeFile(""), value.type(), value.text());
    }
}
