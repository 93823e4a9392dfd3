package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, each evaluated when first asked for, and the ways to answer it. Confined to one call. */
final class Arguments {
    private final Evaluation evaluation;
    private final Syntax.Invocation invocation;
    private final String name;
    private final @Nullable Node[] values;

    Arguments(Evaluation evaluation, Syntax.Invocation invocation, String name) {
        this.evaluation = evaluation;
        this.invocation = invocation;
        this.name = name;
        this.values = new Node[invocation.arguments().size()];
    }

    int count() {
        return values.length;
    }

    /** Of the function. */
    String name() {
        return name;
    }

    Scope scope() {
        return evaluation.scope();
    }

    Place place() {
        return evaluation.place();
    }

    Budget budget() {
        return evaluation.evaluator().budget();
    }

    /** Where an argument stands; the call itself if it is absent. */
    int offset(int index) {
        return index < values.length ? invocation.arguments().get(index).start() : invocation.start();
    }

    int offset() {
        return invocation.start();
    }

    Node node(int index) {
        @Nullable Node value = values[index];
        if (value == null) {
            value = evaluation.value(invocation.arguments().get(index));
            values[index] = value;
        }
        return value;
    }

    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            nodes.add(node(i));
        }
        return nodes;
    }

    boolean isOpen(int index) {
        return node(index) instanceof OpenNode;
    }

    String text(int index) {
        if (Values.isText(node(index))) {
            return ((ScalarNode) node(index)).text();
        }
        throw wrong(index, "a string");
    }

    long whole(int index) {
        return Numbers.whole(node(index)).orElseThrow(() -> wrong(index, "a whole number"));
    }

    /** A whole number that fits an index, a length or a count. */
    int small(int index) {
        long whole = whole(index);
        if (whole != (int) whole) {
            throw fault(index, "the number " + whole + " is out of range.", "Give a number of 32 bits.");
        }
        return (int) whole;
    }

    boolean flag(int index) {
        if (Values.isFlag(node(index))) {
            return ((ScalarNode) node(index)).text().equals("true");
        }
        throw wrong(index, "true or false");
    }

    List<Node> array(int index) {
        if (node(index) instanceof ArrayNode array) {
            return array.elements();
        }
        throw wrong(index, "an array");
    }

    ObjectNode object(int index) {
        if (node(index) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(index, "an object");
    }

    /** For looking something up by an argument. */
    Members members(int key) {
        return new Members(evaluation, offset(key));
    }

    /** An argument that is a lambda. */
    Lambda lambda(int index, int least, int most) {
        return Lambda.of(this, evaluation, invocation.arguments().get(index), least, most);
    }

    Optional<Node> lambdaVariable(String variable) {
        return Optional.ofNullable(evaluation.lambdaVariables().get(ObjectNode.fold(variable)));
    }

    Set<String> lambdaVariables() {
        return evaluation.lambdaVariables().keySet();
    }

    /** An argument as text: printed if it is of another type, with holes where it is not known. */
    String spelled(int index) {
        return JsonSpelling.spell(node(index), budget(), offset(index));
    }

    EvaluationException wrong(int index, String needed) {
        return fault(
                index,
                "the function \"" + name + "\" needs " + needed + " as argument " + (index + 1) + ", but there stands "
                        + node(index).describe() + ".",
                "Give " + needed + ".");
    }

    EvaluationException fault(int index, String message, String cure) {
        return new EvaluationException(offset(index), message, cure);
    }

    /** The call as text, arguments as far as they were evaluated. */
    Call call() {
        StringBuilder text = new StringBuilder(name).append('(');
        for (int i = 0; i < values.length; i++) {
            @Nullable Node value = values[i];
            Syntax source = invocation.arguments().get(i);
            text.append(i == 0 ? "" : ", ");
            text.append(
                    value == null
                            ? evaluation.text().substring(source.start(), source.end())
                            : JsonSpelling.argument(value, budget(), offset(i)));
            budget().spendText(text.length(), offset());
        }
        return new Call(place(), text.append(')').toString(), offset(0));
    }

    /** An unknown result, to be closed by what would close the arguments that were evaluated. */
    Node open() {
        return open(List.of());
    }

    /** An unknown result that further values would have to close, too: those that a lambda came to. */
    Node open(List<Node> others) {
        Openness openness = openness();
        others.forEach(openness::add);
        return openness.open(place(), Holes.hole(call().text()));
    }

    /** A text put together from {@link #spelled} arguments: open if one of them is. */
    Node ofSpelled(String text) {
        budget().spendText(text.length(), offset());
        Openness openness = openness();
        return openness.isOpen() ? openness.open(place(), text) : Values.text(place(), text);
    }

    /** Of the arguments that were evaluated. */
    private Openness openness() {
        Openness openness = new Openness();
        for (@Nullable Node value : values) {
            if (value != null) {
                budget().spend(value.extent().nodes(), offset());
                openness.add(value);
            }
        }
        return openness;
    }

    Node of(String text) {
        budget().spendText(text.length(), offset());
        return Values.text(place(), text);
    }

    Node of(long number) {
        return Values.number(place(), number);
    }

    Node of(boolean flag) {
        return Values.flag(place(), flag);
    }

    Node of(List<Node> elements) {
        budget().spendArray(elements.size(), offset());
        return Values.array(place(), elements);
    }

    Node nothing() {
        return Values.nothing(place());
    }
}
