package dev.gatehouse.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Changes to a JSON tree that leave it JSON: other values, other names, other places. Confined to one thread. */
final class TreeMutations {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "properties",
            "id",
            "name",
            "httpListeners",
            "requestRoutingRules",
            "urlPathMaps",
            "pathRules",
            "port",
            "sku",
            "protocol",
            "hostNames",
            "priority",
            "copy",
            "count",
            "input",
            "template",
            "resources",
            "variables",
            "type",
            "backendAddresses",
            "backendAddressPools",
            "redirectConfigurations",
            "sslCertificates",
            "probes",
            "match",
            "paths",
            "parameters",
            "defaultValue",
            "value",
            "$schema",
            "condition",
            "",
            " ",
            "\uD800",
            "a\0b",
            "İ");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "\uD83D",
            "\uDC00x",
            "\uD83D\uDE00",
            "é",
            "*",
            "/*",
            "/a*b",
            "?",
            "*.example",
            "a..b",
            "::1",
            "[::1",
            "10.0.0.0/99",
            "256.1.1.1",
            "-1",
            "0",
            "65536",
            "80",
            "1e3",
            "true",
            "NaN",
            "200-",
            "-",
            "599-200",
            "http://",
            "https://[",
            "/subscriptions//",
            "/x/httpListeners/",
            "')]",
            "null",
            "{0}",
            "${a}",
            "%00",
            "[",
            "[]",
            "[[a]",
            "[parameters('port')]",
            "[parameters(",
            "[variables('first')]",
            "[variables('nowhere')]",
            "[copyIndex()]",
            "[concat('a', 'b'",
            "['unclosed]",
            "[range(0, 2000000000)]",
            "[padLeft('a', 2000000000)]",
            "[reference('x').y.z[3]]",
            "[json('{\"a\":')]",
            "[createArray(1,2)[5]]",
            "[div(1, 0)]",
            "[int('x')]",
            "[substring('abc', 2, 9)]",
            "[my.name('a', 1)]",
            "[my.name()]",
            "[format('{0}{9}', 1)]",
            "[a.b.c]",
            "[1.5]",
            "[if(true, 1)]",
            "[resourceId('a')]",
            "[map(range(0, 999), lambda('x', lambdaVariables('y')))]");

    private final Random random;

    TreeMutations(Random random) {
        this.random = random;
    }

    /** A member of an object or an element of an array. */
    private record Spot(JsonNode parent, String name, int index) {
        JsonNode get() {
            return parent instanceof ObjectNode object ? object.path(name) : parent.path(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(name, value);
            } else if (index < parent.size()) {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            } else if (index < parent.size()) {
                ((ArrayNode) parent).remove(index);
            }
        }
    }

    void mutate(JsonNode root) {
        List<Spot> spots = new ArrayList<>();
        collect(root, spots);
        if (spots.isEmpty()) {
            return;
        }
        Spot spot = any(spots);
        switch (random.nextInt(11)) {
            case 0 -> spot.remove();
            case 1 -> rename(spot);
            case 2 -> swap(spot, any(spots));
            case 3 -> any(spots).set(spot.get().deepCopy());
            case 4 -> repeat(spot);
            case 5 -> spot.set(NODES.arrayNode().add(spot.get()));
            case 6 -> spot.set(NODES.objectNode().set(any(NAMES), spot.get()));
            case 7 -> addLoop(root, spot);
            case 8 -> addMember(spot);
            default -> spot.set(oddValue());
        }
    }

    private static void collect(JsonNode node, List<Spot> spots) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> spots.add(new Spot(node, member.getKey(), 0)));
        } else if (node instanceof ArrayNode) {
            for (int i = 0; i < node.size(); i++) {
                spots.add(new Spot(node, "", i));
            }
        }
        node.forEach(child -> collect(child, spots));
    }

    private void rename(Spot spot) {
        if (spot.parent() instanceof ObjectNode object) {
            JsonNode value = spot.get();
            object.remove(spot.name());
            String other = random.nextBoolean() ? any(NAMES) : spot.name().toUpperCase(Locale.ROOT);
            object.set(other, value);
        }
    }

    private static void swap(Spot one, Spot other) {
        JsonNode value = one.get().deepCopy();
        one.set(other.get().deepCopy());
        other.set(value);
    }

    private void repeat(Spot spot) {
        int times = 1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 3);
        JsonNode value = spot.get();
        for (int i = 0; i < times; i++) {
            if (spot.parent() instanceof ArrayNode array) {
                array.add(value.deepCopy());
            } else if (spot.parent() instanceof ObjectNode object && i < 2) {
                String name = spot.name();
                object.set(i == 0 ? name.toUpperCase(Locale.ROOT) : name + i, value.deepCopy());
            }
        }
    }

    /** Variables that lead to each other, parameters that default to each other, loops without an end. */
    private void addLoop(JsonNode root, Spot spot) {
        if (!(root instanceof ObjectNode object)) {
            return;
        }
        String section = random.nextBoolean() ? "variables" : "parameters";
        ObjectNode members = object.withObjectProperty(
                object.path(section).isObject() ? section : section + (object.has(section) ? "2" : ""));
        boolean isParameter = section.equals("parameters");
        String call = isParameter ? "parameters" : "variables";
        members.set("loopA", wrap("[" + call + "('loopB')]", isParameter));
        members.set("loopB", wrap("[concat('x', " + call + "('loopA'))]", isParameter));
        spot.set(NODES.textNode("[" + call + "('loopA')]"));
        if (random.nextBoolean() && spot.parent() instanceof ObjectNode parent) {
            ObjectNode loop = NODES.objectNode()
                    .put("name", any(NAMES))
                    .put("count", any(List.of(-1, 0, 3, 801, 2_000_000_000)))
                    .set("input", oddValue());
            parent.set("copy", random.nextBoolean() ? loop : NODES.arrayNode().add(loop));
        }
    }

    private static JsonNode wrap(String text, boolean isParameter) {
        return isParameter ? NODES.objectNode().put("type", "string").put("defaultValue", text) : NODES.textNode(text);
    }

    private void addMember(Spot spot) {
        if (spot.parent() instanceof ObjectNode object) {
            object.set(any(NAMES), oddValue());
        }
    }

    private JsonNode oddValue() {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt(3) - 1);
            case 3 -> NODES.numberNode(new BigDecimal(any(List.of("1e400", "-1e-400", "1.5", "9223372036854775808"))));
            case 4 -> NODES.numberNode(new BigInteger("9".repeat(1 + random.nextInt(400))));
            case 5 -> NODES.objectNode();
            case 6 -> NODES.arrayNode();
            case 7 -> NODES.textNode("x".repeat(random.nextInt(random.nextInt(30) == 0 ? 100_000 : 300)));
            case 8 -> nested(1 + random.nextInt(random.nextInt(10) == 0 ? 190 : 20));
            case 9 -> NODES.textNode("[" + "concat(".repeat(random.nextInt(400)) + "'a'" + ")".repeat(3) + "]");
            default -> NODES.textNode(any(TEXTS));
        };
    }

    private JsonNode nested(int depth) {
        JsonNode node = NODES.textNode("deep");
        for (int i = 0; i < depth; i++) {
            node = random.nextBoolean()
                    ? NODES.arrayNode().add(node)
                    : NODES.objectNode().set(any(NAMES), node);
        }
        return node;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
