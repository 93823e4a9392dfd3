package dev.gatehouse.template;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Wording;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All functions of the template language by name, case aside (section 2). Immutable. */
final class Builtins {
    /** Stands for every function whose name begins so: each resource type has its own, and none is known offline. */
    static final String LIST = "list*";

    private static final String LIST_PREFIX = "list";
    private static final Map<String, Builtin> ALL = byName(Stream.of(
                    TextFunctions.all(),
                    SearchFunctions.all(),
                    EncodingFunctions.all(),
                    CollectionFunctions.all(),
                    ArrayFunctions.all(),
                    ObjectFunctions.all(),
                    MergeFunctions.all(),
                    LogicFunctions.all(),
                    ComparisonFunctions.all(),
                    NumberFunctions.all(),
                    LambdaFunctions.all(),
                    DateFunctions.all(),
                    CidrFunctions.all(),
                    IdFunctions.all(),
                    ScopeFunctions.all())
            .flatMap(List::stream)
            .toList());

    private Builtins() {}

    private static Map<String, Builtin> byName(Collection<Builtin> builtins) {
        Map<String, Builtin> byName = new LinkedHashMap<>();
        for (Builtin builtin : builtins) {
            @Nullable Builtin twin = byName.put(ObjectNode.fold(builtin.name()), builtin);
            if (twin != null) {
                throw new IllegalStateException("two functions are called " + builtin.name());
            }
        }
        return Map.copyOf(byName);
    }

    static Optional<Builtin> find(String name) {
        String folded = ObjectNode.fold(name);
        @Nullable Builtin builtin = ALL.get(folded);
        if (builtin == null && folded.startsWith(LIST_PREFIX)) {
            return Optional.ofNullable(ALL.get(LIST));
        }
        return Optional.ofNullable(builtin);
    }

    /** The documented names. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ALL.values().forEach(builtin -> names.add(builtin.name()));
        return names;
    }

    /** A sentence with the name that was probably meant, or nothing. */
    static String suggestion(String name) {
        return Wording.closest(name, names())
                .map(closest -> " Was \"" + closest + "\" meant?")
                .orElse("");
    }
}
