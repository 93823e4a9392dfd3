package dev.gatehouse.config;

import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Fills a {@link Table} from a collection: names, and names used twice (CFG-16, VAL-2). Confined to one load. */
final class TableReader {
    private final ConfigObject gateway;
    private final Optional<String> gatewayName;
    private final TreeOrigins origins;
    private final Problems problems;

    TableReader(ConfigObject gateway, Optional<String> gatewayName, TreeOrigins origins, Problems problems) {
        this.gateway = gateway;
        this.gatewayName = gatewayName;
        this.origins = origins;
        this.problems = problems;
    }

    /** Reads a collection; the reader of one object reports an error whenever it returns empty. */
    <T> Table<T> read(String collection, BiFunction<String, ConfigObject, Optional<T>> reader) {
        return read("", collection, gateway.objects(collection), reader);
    }

    /** As above, for a collection inside an element, whose origins are known by that element's name too. */
    <T> Table<T> read(
            String owner,
            String collection,
            List<ConfigObject> objects,
            BiFunction<String, ConfigObject, Optional<T>> reader) {
        String prefix = (owner.isEmpty() ? "" : owner + '/') + collection + '/';
        Table<T> table = new Table<>(collection, gatewayName, problems);
        for (ConfigObject object : objects) {
            Optional<String> name = name(object);
            if (name.isPresent() && isNew(table, name.get(), object)) {
                origins.add(prefix + name.get(), object.node());
                table.add(new Table.Item<>(name.get(), object, reader.apply(name.get(), object)));
            }
        }
        return table;
    }

    private Optional<String> name(ConfigObject object) {
        if (object.get("name").orElse(null) instanceof OpenNode open) {
            noteOpenName(open);
            return Optional.of(open.text());
        }
        Optional<String> name = object.text("name").map(String::strip);
        if (name.isPresent()) {
            noteOddName(object, name.get());
            return name;
        }
        Optional<String> fallback = object.reference("id")
                .map(id -> ReferenceText.of(id.text()).name())
                .filter(text -> !text.isEmpty());
        if (fallback.isEmpty()) {
            problems.error(
                    "CFG-16",
                    Kind.MISSING,
                    object.placeOf("name"),
                    "the object has no name.",
                    "Give it a unique name.");
        }
        return fallback;
    }

    /** A name only ties references to their object, and both are built alike: it need not be known. */
    private void noteOpenName(OpenNode open) {
        open.fault().ifPresent(problems::report);
        problems.info(
                "CFG-13",
                Kind.BINDING,
                open.place(),
                "a part of the name is not known; here it is called " + Wording.quote(open.text()) + ".",
                open.needs().stream().findFirst().map(OpenValues::cure).orElse("Correct the expression."));
    }

    private void noteOddName(ConfigObject object, String name) {
        if (!name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0))) {
            problems.azure(
                    "CFG-16",
                    Kind.RANGE,
                    object.placeOf("name"),
                    Wording.quote(name) + " is no name that Azure accepts.",
                    "Use letters, digits, underscores, dots and hyphens.");
        }
    }

    private <T> boolean isNew(Table<T> table, String name, ConfigObject object) {
        Optional<Table.Item<T>> earlier = table.find(name);
        earlier.ifPresent(first -> problems.error(
                "VAL-2",
                Kind.DUPLICATE,
                object.placeOf("name"),
                "the name " + Wording.quote(name) + " is already taken by line "
                        + first.object().placeOf("name").line() + " (case does not matter).",
                "Give one of the two another name."));
        return earlier.isEmpty();
    }
}
