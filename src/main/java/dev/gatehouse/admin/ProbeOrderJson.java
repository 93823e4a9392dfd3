package dev.gatehouse.admin;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A probe on demand in the words of Azure's REST interface (PRB-22). Confined to one call. */
final class ProbeOrderJson {
    private static final List<String> KEYS = List.of(
            "protocol",
            "host",
            "pickHostNameFromBackendHttpSettings",
            "path",
            "timeout",
            "match",
            "backendAddressPool",
            "backendHttpSettings");
    private static final List<String> MATCH_KEYS = List.of("statusCodes", "body");
    private static final List<String> REFERENCE_KEYS = List.of("id");
    private static final int MOST_DIGITS = 9;

    private final List<String> problems = new ArrayList<>();

    private ProbeOrderJson() {}

    static ProbeOrder read(byte[] body) throws BadCallException {
        ObjectNode root = root(body);
        ProbeOrderJson reader = new ProbeOrderJson();
        ProbeOrder order = reader.order(root);
        if (!reader.problems.isEmpty()) {
            throw new BadCallException(reader.problems);
        }
        return order;
    }

    private static ObjectNode root(byte[] body) throws BadCallException {
        Problems found = new Problems();
        Optional<ObjectNode> root = TreeReader.read("body", body, found)
                .filter(tree -> !tree.isFragment())
                .map(TreeReader.Tree::root)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast);
        List<String> told = new ArrayList<>(
                found.sorted("").stream().map(ProbeOrderJson::sentence).toList());
        if (told.isEmpty() && root.isEmpty()) {
            told.add("The body is no JSON object.");
        }
        if (!told.isEmpty()) {
            throw new BadCallException(told);
        }
        return root.orElseThrow();
    }

    // The cure is for people with a file: here the place and cause say it all.
    private static String sentence(Problem problem) {
        return "The body, line " + problem.line() + ", column " + problem.column() + ": " + problem.message();
    }

    private ProbeOrder order(ObjectNode root) {
        checkKeys(root, "", KEYS);
        ObjectNode match = object(root, "match").orElseGet(() -> new ObjectNode(root.place(), Map.of()));
        checkKeys(match, "match.", MATCH_KEYS);
        return new ProbeOrder(
                reference(root, "backendAddressPool"),
                reference(root, "backendHttpSettings"),
                text(root, "", "protocol"),
                text(root, "", "host"),
                flag(root, "pickHostNameFromBackendHttpSettings"),
                text(root, "", "path"),
                number(root, "timeout"),
                statusCodes(match),
                text(match, "match.", "body"));
    }

    private void checkKeys(ObjectNode object, String path, List<String> known) {
        for (ObjectNode.Member member : object.members()) {
            if (known.stream().noneMatch(member.name()::equalsIgnoreCase)) {
                problems.add("There is no key " + Wording.quote(path + member.name()) + Wording.known(known) + ".");
            }
        }
    }

    private static Optional<Node> value(ObjectNode object, String name) {
        return object.get(name).filter(node -> !ObjectNode.isNull(node));
    }

    private Optional<ObjectNode> object(ObjectNode owner, String name) {
        Optional<Node> value = value(owner, name);
        if (value.isPresent() && !(value.get() instanceof ObjectNode)) {
            wrong(name, value.get(), "an object");
        }
        return value.filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** An object with an id, as Azure writes it, or the id or name alone. */
    private Optional<String> reference(ObjectNode root, String name) {
        Optional<Node> value = value(root, name);
        if (value.isPresent() && value.get() instanceof ObjectNode object) {
            checkKeys(object, name + ".", REFERENCE_KEYS);
            return text(object, name + ".", "id");
        }
        return text(root, "", name);
    }

    private Optional<String> text(ObjectNode owner, String path, String name) {
        Optional<Node> value = value(owner, name);
        Optional<String> text = value.filter(ProbeOrderJson::isText).map(node -> ((ScalarNode) node).text());
        if (value.isPresent() && text.isEmpty()) {
            wrong(path + name, value.get(), "a text");
        }
        return text;
    }

    private static boolean isText(Node node) {
        return node instanceof ScalarNode scalar && scalar.isText();
    }

    private boolean flag(ObjectNode owner, String name) {
        Optional<Node> value = value(owner, name);
        boolean isFlag = value.filter(
                        node -> node instanceof ScalarNode scalar && scalar.type() == ScalarNode.Type.BOOLEAN)
                .isPresent();
        if (value.isPresent() && !isFlag) {
            wrong(name, value.get(), "true or false");
        }
        return isFlag && ((ScalarNode) value.get()).text().equals("true");
    }

    private Optional<Long> number(ObjectNode owner, String name) {
        Optional<Node> value = value(owner, name);
        Optional<Long> number =
                value.filter(ProbeOrderJson::isWhole).map(node -> Long.valueOf(((ScalarNode) node).text()));
        if (value.isPresent() && number.isEmpty()) {
            wrong(name, value.get(), "a whole number");
        }
        return number;
    }

    private static boolean isWhole(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.type() == ScalarNode.Type.NUMBER
                && scalar.text().length() <= MOST_DIGITS
                && scalar.text().matches("-?[0-9]+");
    }

    private List<String> statusCodes(ObjectNode match) {
        Optional<Node> value = value(match, "statusCodes");
        if (value.isPresent() && !(value.get() instanceof ArrayNode)) {
            wrong("match.statusCodes", value.get(), "an array");
            return List.of();
        }
        List<String> codes = new ArrayList<>();
        for (Node node : value.map(found -> ((ArrayNode) found).elements()).orElse(List.of())) {
            if (isText(node) || isWhole(node)) {
                codes.add(((ScalarNode) node).text());
            } else {
                wrong("match.statusCodes", node, "a text such as \"200-399\"");
            }
        }
        return codes;
    }

    private void wrong(String name, Node node, String expected) {
        problems.add(name + " is " + node.describe() + " (expected: " + expected + ").");
    }
}
