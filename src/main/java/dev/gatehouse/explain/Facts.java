package dev.gatehouse.explain;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.RedirectType;
import dev.gatehouse.model.StatusRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A record as flat facts, property to value, that can be compared and shown. Every component is covered without being
 * named here, so that a new part of the model is never silently the same. Confined to one comparison.
 */
final class Facts {
    /** Their names are plumbing: what they hold is what counts. */
    private static final Set<Class<?>> PLUMBING = Set.of(FrontendPort.class, FrontendIpConfiguration.class);

    /** Shown whole, as one text. */
    private static final Set<Class<?>> WHOLE = Set.of(BackendAddress.class, StatusRange.class, ListenAddress.class);

    /** Lists whose order changes nothing. */
    private static final Set<String> SETS =
            Set.of("statusCodes", "hostNames", "backendAddresses", "trustedRootCertificates", "audiences");

    private final Function<Record, String> labels;
    private final SortedMap<String, Fact> facts = new TreeMap<>();

    private Facts(Function<Record, String> labels) {
        this.labels = labels;
    }

    /**
     * The facts of a record.
     *
     * @param except components that are compared elsewhere
     * @param labels how another named object is called in both configurations alike
     */
    static SortedMap<String, Fact> of(Record record, Set<String> except, Function<Record, String> labels) {
        Facts facts = new Facts(labels);
        facts.addParts("", record, except);
        return facts.facts;
    }

    private void addParts(String path, Record record, Set<String> except) {
        boolean isPlumbing = PLUMBING.contains(record.getClass());
        for (RecordParts.Part part : RecordParts.of(record)) {
            boolean isLeftOut =
                    except.contains(part.name()) || (isPlumbing && part.name().equals("name"));
            if (!isLeftOut && part.value().isPresent()) {
                add(
                        join(path, Words.spaced(part.name())),
                        part.name(),
                        part.value().get());
            }
        }
    }

    private void add(String path, String component, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(inner -> add(path, component, inner));
        } else if (value instanceof Collection<?> collection) {
            addAll(path, component, collection);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> add(join(path, Words.quoted(key.toString())), component, inner));
        } else if (value instanceof Record record && !isOneText(record)) {
            addRecord(path, record);
        } else {
            facts.put(Words.property(path), fact(component, value));
        }
    }

    /** Of a sealed family, the kind is a fact as well: some of its members have no parts. */
    private void addRecord(String path, Record record) {
        if (record.getClass().getInterfaces().length > 0) {
            put(join(path, "kind"), Words.kind(record.getClass()));
        }
        addParts(path, record, Set.of());
    }

    /** Objects with a name of their own are told apart by it, everything else is part of one list. */
    private void addAll(String path, String component, Collection<?> values) {
        List<Fact> list = new ArrayList<>();
        for (Object value : values) {
            boolean isOwned = value instanceof Record record && !isOneText(record);
            Optional<String> name = isOwned ? RecordParts.nameOf((Record) value) : Optional.empty();
            if (name.isPresent()) {
                String unique = unique(name.get(), list);
                list.add(Fact.of(unique));
                addParts(join(path, Words.quoted(unique)), (Record) value, Set.of("name"));
            } else {
                list.add(isOwned ? whole((Record) value) : fact(component, value));
            }
        }
        boolean isSet = SETS.contains(component) || values.stream().allMatch(Facts::isReference);
        if (!list.isEmpty()) {
            List<Fact> sorted = isSet
                    ? list.stream().sorted(Comparator.comparing(Fact::value)).toList()
                    : list;
            facts.put(Words.property(path), new Fact(joined(sorted, Fact::value), joined(sorted, Fact::shown)));
        }
    }

    /** Nobody forbids two rewrite rules of one name in a set. */
    private static String unique(String name, List<Fact> taken) {
        String unique = name;
        for (int i = 2; taken.contains(Fact.of(unique)); i++) {
            unique = name + " #" + i;
        }
        return unique;
    }

    private Fact whole(Record record) {
        Facts nested = new Facts(labels);
        nested.addRecord("", record);
        String values = nested.facts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().value())
                .collect(Collectors.joining(", "));
        return new Fact(values, nested.facts.toString());
    }

    private static String joined(List<Fact> facts, Function<Fact, String> side) {
        return facts.stream().map(side).collect(Collectors.joining(", "));
    }

    private static boolean isReference(Object value) {
        return value instanceof Record record && NamedObjects.isNamed(record);
    }

    private static boolean isOneText(Record record) {
        return WHOLE.contains(record.getClass()) || record instanceof HttpListener || NamedObjects.isNamed(record);
    }

    private Fact fact(String component, Object value) {
        boolean isText = value instanceof String;
        return isText ? Secrets.fact(component, (String) value) : Fact.of(text(value));
    }

    private String text(Object value) {
        if (value instanceof Duration duration) {
            return Words.duration(duration);
        }
        if (value instanceof RedirectType type) {
            return type.status() + " (" + type.azureName() + ")";
        }
        if (value instanceof Enum<?> constant) {
            String name = constant.name().replace('_', ' ');
            return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
        }
        if (value instanceof Record record) {
            return WHOLE.contains(record.getClass()) ? record.toString() : labels.apply(record);
        }
        return String.valueOf(value);
    }

    private void put(String path, String text) {
        facts.put(Words.property(path), Fact.of(text));
    }

    private static String join(String path, String word) {
        return path.isEmpty() ? word : path + " " + word;
    }
}
