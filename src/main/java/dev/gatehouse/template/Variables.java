package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of one template, each evaluated when first asked for. Confined to one load. */
final class Variables {
    private final Optional<ObjectNode> section;
    private final Scope scope;
    private final Expander expander;
    private final Map<String, CopyLoop> loops = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Node> known = new HashMap<>();

    Variables(Optional<ObjectNode> section, Scope scope, Expander expander) {
        this.section = section;
        this.scope = scope;
        this.expander = expander;
        section.ifPresent(object -> object.members().forEach(member -> names.add(member.name())));
        // Loops that make whole variables stand under "copy".
        section.map(CopyLoop::of).orElse(List.of()).forEach(loop -> {
            loops.putIfAbsent(ObjectNode.fold(loop.name()), loop);
            names.add(loop.name());
        });
    }

    Node value(String name, Call call) {
        String folded = ObjectNode.fold(name);
        @Nullable Node earlier = known.get(folded);
        if (earlier != null) {
            return earlier;
        }
        Node value = expander.guarded(
                "variable " + name, this, call, () -> find(folded).orElseThrow(() -> unknown(name, call)));
        known.put(folded, value);
        return value;
    }

    private Optional<Node> find(String folded) {
        @Nullable
        Member member = section.map(object -> object.byFoldedName().get(folded)).orElse(null);
        if (member != null && !folded.equals("copy")) {
            return Optional.of(expander.trees().evaluate(member.value(), scope));
        }
        return Optional.ofNullable(loops.get(folded))
                .map(loop -> expander.trees().run(loop, scope));
    }

    private EvaluationException unknown(String name, Call call) {
        return new EvaluationException(
                call.offset(),
                "the template has no variable " + Wording.quote(name) + Wording.known(names) + ".",
                Wording.closest(name, names).map(Wording::didYouMean).orElse("Add it under variables."));
    }
}
