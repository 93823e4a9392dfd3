package dev.gatehouse.template;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One template with its resources: the file's own, a nested or a linked one. Resources come into being when first asked
 * for, each evaluated no further than needed. Confined to one load.
 */
final class Deployment {
    static final String TYPE = "Microsoft.Resources/deployments";
    private static final int DEEPEST = 10;

    private final ObjectNode template;
    private final Expander expander;
    private final @Nullable Deployment parent;
    private final Scope scope;
    private final int depth;
    private @Nullable List<Resource> resources;

    private Deployment(
            ObjectNode template,
            ParameterValues given,
            Expander expander,
            @Nullable Deployment parent,
            Optional<Scope> outer) {
        this.template = template;
        this.expander = expander;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.scope = outer.orElseGet(() -> new TemplateScope(this, template, given, expander));
    }

    /** A file's own template. */
    static Deployment root(ObjectNode template, ParameterValues given, Expander expander) {
        return new Deployment(template, given, expander, null, Optional.empty());
    }

    /** What its expressions see. */
    Scope scope() {
        return scope;
    }

    Deployment top() {
        return parent == null ? this : parent.top();
    }

    /** Its resources, those of nested deployments not among them; switched-off ones are left out. */
    List<Resource> resources() {
        if (resources == null) {
            resources =
                    List.of(); // Whoever asks while the names are evaluated finds none, instead of going in circles.
            List<Resource> found = new ArrayList<>();
            template.get("resources").ifPresent(node -> collect(node, "", "", found));
            resources = List.copyOf(found);
        }
        return resources;
    }

    /** All resources, nested deployments entered where they stand. */
    Stream<Resource> allResources() {
        return resources().stream()
                .flatMap(resource -> Stream.concat(
                        Stream.of(resource), resource.nested().stream().flatMap(Deployment::allResources)));
    }

    /** The deployment's outputs: name to an object with its {@code value}. */
    ObjectNode outputs(Call call) {
        List<Object> outputs = new ArrayList<>();
        template.object("outputs")
                .ifPresent(section -> section.members().forEach(output -> {
                    if (output.value() instanceof ObjectNode object) {
                        outputs.add(output.name());
                        outputs.add(output(output.name(), object, call));
                    }
                }));
        return new Composer(call.place()).object(outputs.toArray());
    }

    private Node output(String name, ObjectNode output, Call call) {
        Optional<CopyLoop> loop = CopyLoop.ofOutput(name, output);
        Node value = output.get("value").orElse(output);
        Node evaluated = expander.guarded("output " + name, this, call, () -> {
            TreeEvaluator trees = expander.trees();
            return loop.isPresent() ? trees.run(loop.get(), scope) : trees.evaluate(value, scope);
        });
        return new Composer(call.place()).object("value", evaluated);
    }

    private void collect(Node node, String parentType, String parentName, List<Resource> into) {
        if (node instanceof ArrayNode array) {
            array.elements().forEach(element -> addCopies(element, "", parentType, parentName, into));
        } else if (node instanceof ObjectNode symbolic) {
            for (Member member : symbolic.members()) {
                addCopies(member.value(), member.name(), parentType, parentName, into);
            }
        }
    }

    private void addCopies(Node node, String symbol, String parentType, String parentName, List<Resource> into) {
        if (!(node instanceof ObjectNode resource)) {
            return;
        }
        Optional<ObjectNode> copy = resource.object("copy");
        if (copy.isEmpty()) {
            add(resource, symbol, scope, parentType, parentName, into);
            return;
        }
        String loop = copy.get().text("name").orElse("");
        Optional<Node> count =
                copy.get().get("count").map(value -> expander.trees().evaluate(value, scope));
        long turns = count.map(this::turns).orElse(1L);
        int before = into.size();
        for (long i = 0; i < turns; i++) {
            String indexed = symbol.isEmpty() ? symbol : symbol + '[' + i + ']'; // as Bicep refers to one of a loop
            if (!add(resource, indexed, new LoopScope(scope, loop, i, true), parentType, parentName, into)) {
                return;
            }
        }
        if (count.orElse(node) instanceof OpenNode open) {
            into.subList(before, into.size()).forEach(made -> made.countIs(open));
        }
    }

    /** A count that is not known, or wrong, stands for one: what the loop makes can still be shown. */
    private long turns(Node count) {
        if (count instanceof OpenNode) {
            return 1;
        }
        try {
            return TreeEvaluator.turns(count);
        } catch (EvaluationException e) {
            new Faults().open(e, count.place(), "count").fault().ifPresent(expander.problems()::report);
            return 1;
        }
    }

    /** False when there are more than any real deployment has. */
    private boolean add(
            ObjectNode node, String symbol, Scope around, String parentType, String parentName, List<Resource> into) {
        if (!expander.admit(node)) {
            return false;
        }
        Resource resource = new Resource(node, symbol, around, this, parentType, parentName, expander);
        if (resource.isSwitchedOff()) {
            expander.noteSwitchedOff(node);
            return true;
        }
        into.add(resource);
        node.get("resources").ifPresent(children -> collect(children, resource.type(), resource.name(), into));
        return true;
    }

    /** The deployment that a resource of type {@value #TYPE} holds or links to. */
    Optional<Deployment> nested(ObjectNode resource, Scope around) {
        Optional<ObjectNode> properties = resource.object("properties");
        if (depth >= DEEPEST || properties.isEmpty()) {
            return Optional.empty();
        }
        ParameterValues given = name -> given(properties.get(), name, around);
        Optional<ObjectNode> inline = properties.get().object("template");
        if (inline.isPresent()) {
            Optional<Scope> outer = isInner(properties.get(), around) ? Optional.empty() : Optional.of(around);
            return Optional.of(new Deployment(inline.get(), given, expander, this, outer));
        }
        return properties
                .get()
                .object("templateLink")
                .flatMap(link -> link.get("uri").or(() -> link.get("relativePath")))
                .map(uri -> TreeEvaluator.plain(expander.trees().evaluate(uri, around)))
                .flatMap(expander.linked()::find)
                .map(linked -> new Deployment(linked, given, expander, this, Optional.empty()));
    }

    /** Evaluated where the deployment stands, not where it leads. */
    private Optional<Node> given(ObjectNode properties, String name, Scope around) {
        return properties
                .get("parameters")
                .map(node ->
                        node instanceof ObjectNode ? node : expander.trees().evaluate(node, around))
                .flatMap(node -> part(node, name))
                .map(entry ->
                        entry instanceof ObjectNode ? entry : expander.trees().evaluate(entry, around))
                .flatMap(entry -> part(entry, "value"))
                .map(value -> expander.trees().evaluate(value, around));
    }

    /** What is not known as a whole is not known in its parts either; it must not fall back to a default. */
    private static Optional<Node> part(Node node, String name) {
        if (node instanceof OpenNode open) {
            return Optional.of(open.part(name, open.text() + '.' + name));
        }
        return node instanceof ObjectNode object ? object.get(name) : Optional.empty();
    }

    private boolean isInner(ObjectNode properties, Scope around) {
        return properties
                .object("expressionEvaluationOptions")
                .flatMap(options -> options.get("scope"))
                .map(node -> expander.trees().evaluate(node, around))
                .filter(node ->
                        node instanceof ScalarNode scalar && scalar.text().equalsIgnoreCase("inner"))
                .isPresent();
    }
}
