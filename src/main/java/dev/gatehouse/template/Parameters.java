package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Need;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.document.Wording;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one template: the value given, else the default, else open. A parameter without either is no
 * problem until somebody needs it. Confined to one load.
 */
final class Parameters {
    private static final Pattern PLACEHOLDER = Pattern.compile("GEN-[A-Z][A-Z0-9-]*");

    private final Optional<ObjectNode> declared;
    private final ParameterValues given;
    private final Scope scope;
    private final Expander expander;
    private final List<String> names;
    private final Map<String, Node> known = new HashMap<>();

    Parameters(Optional<ObjectNode> declared, ParameterValues given, Scope scope, Expander expander) {
        this.declared = declared;
        this.given = given;
        this.scope = scope;
        this.expander = expander;
        this.names = declared.map(
                        section -> section.members().stream().map(Member::name).toList())
                .orElse(List.of());
    }

    /** Generators of test deployments put words such as {@code GEN-UNIQUE-8} where a value is to come; they are none. */
    static boolean isPlaceholder(Node value) {
        return value instanceof ScalarNode scalar
                && scalar.isText()
                && PLACEHOLDER.matcher(scalar.text()).matches();
    }

    Node value(String name, Call call) {
        String folded = ObjectNode.fold(name);
        @Nullable Node earlier = known.get(folded);
        if (earlier != null) {
            return earlier;
        }
        Optional<ObjectNode> declaration = declared.flatMap(section -> section.object(name));
        if (declaration.isEmpty()) {
            throw unknown(name, call);
        }
        Node value = expander.guarded("parameter " + name, this, call, () -> find(name, declaration.get(), call));
        if (declaration.get().text("type").filter(Parameters::isSecret).isPresent()) {
            hide(value);
        }
        new ParameterLimits(declaredName(name), declaration.get(), expander.problems()).check(value);
        known.put(folded, value);
        return value;
    }

    private static boolean isSecret(String type) {
        return type.equalsIgnoreCase("securestring") || type.equalsIgnoreCase("secureobject");
    }

    /** Whatever becomes of it, no message shows it. */
    private void hide(Node value) {
        if (value instanceof ScalarNode scalar && scalar.isText()) {
            expander.problems().hide(scalar.text());
        } else if (value instanceof ArrayNode array) {
            array.elements().forEach(this::hide);
        } else if (value instanceof ObjectNode object) {
            object.members().forEach(member -> hide(member.value()));
        }
    }

    private Node find(String name, ObjectNode declaration, Call call) {
        Optional<Node> supplied = given.value(name);
        if (supplied.isPresent()) {
            return typed(supplied.get(), declaration);
        }
        @Nullable Member otherwise = declaration.byFoldedName().get("defaultvalue");
        if (otherwise != null) {
            return expander.trees().evaluate(otherwise.value(), scope);
        }
        boolean mayBeNull =
                declaration.get("nullable").filter(Parameters::isTrue).isPresent();
        Place place = call.place();
        return mayBeNull
                ? new ScalarNode(place, ScalarNode.Type.NULL, "null")
                : OpenNode.needing(
                        place,
                        "«parameters('" + name + "')»",
                        Set.of(new Need(Need.Kind.PARAMETER, declaredName(name), List.of(), sample(declaration))));
    }

    /** The name as the template spells it. */
    private String declaredName(String name) {
        return declared.map(section -> section.byFoldedName().get(ObjectNode.fold(name)))
                .map(Member::name)
                .orElse(name);
    }

    /** A blank of the declared type, the first of the allowed values where there are some. */
    private static String sample(ObjectNode declaration) {
        if (declaration.get("allowedValues").orElse(null) instanceof ArrayNode allowed
                && !allowed.elements().isEmpty()
                && allowed.elements().get(0) instanceof ScalarNode first) {
            return first.isText() ? Wording.quote(first.text()) : first.text();
        }
        return switch (declaration.text("type").orElse("string").toLowerCase(Locale.ROOT)) {
            case "int" ->
                declaration
                        .get("minValue")
                        .map(TreeEvaluator::plain)
                        .filter(text -> text.matches("-?[0-9]{1,9}"))
                        .orElse("1");
            case "bool" -> "false";
            case "array" -> "[]";
            case "object", "secureobject" -> "{}";
            default -> Need.TEXT;
        };
    }

    /** Text for a number, a boolean, an object or an array is read as JSON: a command line knows only text. */
    private static Node typed(Node value, ObjectNode declaration) {
        String type = declaration.text("type").orElse("string").toLowerCase(Locale.ROOT);
        boolean isText = type.equals("string") || type.equals("securestring");
        if (isText || !(value instanceof ScalarNode scalar) || !scalar.isText()) {
            return value;
        }
        byte[] text = scalar.text().getBytes(StandardCharsets.UTF_8);
        Problems unread = new Problems(); // Text that is no JSON stays text; whoever needs a number says so.
        return TreeReader.read(value.place().file(), text, unread)
                .map(TreeReader.Tree::root)
                .map(node -> moved(node, value.place()))
                .orElse(value);
    }

    private static Node moved(Node node, Place place) {
        return node instanceof ScalarNode scalar ? new ScalarNode(place, scalar.type(), scalar.text()) : node;
    }

    private static boolean isTrue(Node node) {
        return node instanceof ScalarNode scalar && scalar.text().equalsIgnoreCase("true");
    }

    private EvaluationException unknown(String name, Call call) {
        return new EvaluationException(
                call.offset(),
                "the template declares no parameter " + Wording.quote(name) + Wording.known(names) + ".",
                Wording.closest(name, names).map(Wording::didYouMean).orElse("Declare it under parameters."));
    }
}
