package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Evaluates deployment templates (CFG-1, section 2). Confined to one load. */
public final class Templates {
    private final Expander expander;
    private final List<ObjectNode> parameters;
    private final Set<String> declared = new TreeSet<>();
    private boolean hasExpanded;

    /**
     * For one load.
     *
     * @param inputs what the templates get from outside
     */
    public Templates(TemplateInputs inputs) {
        this.expander = new Expander(inputs);
        this.parameters = inputs.parameters();
    }

    /**
     * All resources of one type, those of nested and linked deployments among them.
     *
     * @param template the template's root
     * @param own parameters that stand beside the template in the same file, weaker than those from outside
     * @return the resources of the template, evaluated when asked for
     */
    public Expansion expand(ObjectNode template, Optional<ObjectNode> own) {
        hasExpanded = true;
        template.object("parameters")
                .ifPresent(section -> section.members().forEach(parameter -> declared.add(parameter.name())));
        List<ObjectNode> sources = new ArrayList<>(parameters);
        own.ifPresent(sources::add);
        return new Expansion(Deployment.root(template, ParameterValues.literal(sources), expander));
    }

    /**
     * Whether there was a template at all.
     *
     * @return true once one was expanded
     */
    public boolean hasExpanded() {
        return hasExpanded;
    }

    /**
     * The parameters that the expanded templates declare.
     *
     * @return their names as written, sorted
     */
    public Set<String> declaredParameters() {
        return Collections.unmodifiableSet(declared);
    }

    /**
     * Resources that the templates would make, were their condition not false; those inside others are not listed.
     *
     * @return the resources as written
     */
    public List<ObjectNode> switchedOff() {
        return List.copyOf(expander.switchedOff());
    }

    /**
     * A resource outside any template. Only what is surely meant as an expression is one, and one without a value stays
     * the text that it is (CFG-13): an export holds literal text.
     *
     * @param node the tree
     * @return the tree with such expressions evaluated
     */
    public ObjectNode evaluateBare(ObjectNode node) {
        ParameterValues given = ParameterValues.literal(parameters);
        Deployment empty = Deployment.root(new ObjectNode(node.place(), Map.of()), given, expander);
        Node evaluated = expander.bareTrees().evaluate(node, new BareScope(given, empty.scope()));
        return evaluated instanceof ObjectNode object ? object : node;
    }

    /** The resources of one template. Confined to one load. */
    public static final class Expansion {
        private final Deployment deployment;

        private Expansion(Deployment deployment) {
            this.deployment = deployment;
        }

        /**
         * The resources of a type, in file order, without expressions; a child's name has its parent's in front.
         *
         * @param type for example {@code Microsoft.Network/applicationGateways}; case does not matter
         * @return what the deployment would make, not what it only points at
         */
        public List<ObjectNode> resources(String type) {
            return deployment
                    .allResources()
                    .filter(resource -> resource.isOf(type) && !resource.isExisting())
                    .peek(Resource::noteDoubts)
                    .map(Expansion::named)
                    .toList();
        }

        /**
         * The resource that an id names.
         *
         * @param type its type
         * @param name its name, parents in front
         * @return the resource, if this file makes it
         */
        public Optional<ObjectNode> resource(String type, String name) {
            return deployment
                    .allResources()
                    .filter(resource -> resource.isOf(type) && resource.name().equalsIgnoreCase(name))
                    .findFirst()
                    .map(Expansion::named);
        }

        private static ObjectNode named(Resource resource) {
            ObjectNode evaluated = resource.evaluated();
            Map<String, Member> members = new LinkedHashMap<>(evaluated.byFoldedName());
            members.computeIfPresent(
                    "name",
                    (folded, member) -> member.value() instanceof ScalarNode scalar
                            ? new Member(
                                    member.name(),
                                    member.place(),
                                    new ScalarNode(scalar.place(), ScalarNode.Type.TEXT, resource.name()))
                            : member);
            return new ObjectNode(evaluated.place(), members);
        }
    }
}
