package dev.gatehouse.explain;

import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.LoadDistributionPolicy.WeightedPool;
import dev.gatehouse.model.PredefinedSslPolicy;
import dev.gatehouse.model.RedirectType;
import dev.gatehouse.model.RewriteRule;
import dev.gatehouse.model.StatusRange;
import dev.gatehouse.model.TlsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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

    /** Numbers that mean nothing but an order, in which the lists already are. */
    private static final Map<Class<?>, String> RANKS =
            Map.of(RewriteRule.class, "ruleSequence", AdvancedRoutingMap.Rule.class, "priority");

    private final Function<Record, String> labels;
    private final boolean isNumbered;
    private final SortedMap<String, Fact> facts = new TreeMap<>();

    private Facts(Function<Record, String> labels, boolean isNumbered) {
        this.labels = labels;
        this.isNumbered = isNumbered;
    }

    /**
     * The facts of a record.
     *
     * @param except components that are compared elsewhere
     * @param labels how another named object is called in both configurations alike
     */
    static SortedMap<String, Fact> of(Record record, Set<String> except, Function<Record, String> labels) {
        Facts facts = new Facts(labels, false);
        facts.addParts("", record, except);
        return facts.facts;
    }

    /** The same with numbers in place of the names of the record's own parts, which mean nothing to anybody else. */
    static SortedMap<String, Fact> nameless(Record record, Set<String> except, Function<Record, String> labels) {
        Facts facts = new Facts(labels, true);
        facts.addParts("", record, except);
        return facts.facts;
    }

    private void addParts(String path, Record record, Set<String> except) {
        boolean isPlumbing = PLUMBING.contains(record.getClass());
        for (RecordParts.Part part : RecordParts.of(record)) {
            boolean isLeftOut = except.contains(part.name())
                    || (isPlumbing && part.name().equals("name"))
                    || part.name().equals(RANKS.get(record.getClass()));
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
            if (value instanceof CustomErrorPage page) {
                addPage(path, page);
                continue;
            }
            boolean isOwned = value instanceof Record record && !isOneText(record);
            Optional<String> name = isOwned ? RecordParts.nameOf((Record) value) : Optional.empty();
            if (name.isPresent()) {
                String unique = isNumbered ? "#" + list.size() : unique(name.get(), list);
                list.add(Fact.of(unique));
                addParts(Words.element(path, unique), (Record) value, Set.of("name"));
            } else {
                list.add(isOwned ? whole((Record) value) : fact(component, value));
            }
        }
        boolean isSet = values instanceof Set<?>
                || SETS.contains(component)
                || values.stream().allMatch(value -> isReference(value) || value instanceof WeightedPool);
        if (!list.isEmpty()) {
            List<Fact> sorted = isSet
                    ? list.stream().sorted(Comparator.comparing(Fact::value)).toList()
                    : list;
            facts.put(Words.property(path), new Fact(joined(sorted, Fact::value), joined(sorted, Fact::shown)));
        }
    }

    /** Told by its status: a gateway has one page for each. */
    private void addPage(String path, CustomErrorPage page) {
        String own = path.replace("custom error pages", "error page " + page.statusCode());
        facts.put(own, fact("source", page.source()));
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
        Facts nested = new Facts(labels, isNumbered);
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

    private boolean isOneText(Record record) {
        return WHOLE.contains(record.getClass())
                || record instanceof HttpListener
                || NamedObjects.isNamed(record)
                || Phrases.of(record, labels).isPresent();
    }

    private Fact fact(String component, Object value) {
        Optional<Fact> phrase = value instanceof Record record ? Phrases.of(record, labels) : Optional.empty();
        if (phrase.isPresent()) {
            return phrase.get();
        }
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
        if (value instanceof TlsVersion version) {
            return version.azureName();
        }
        if (value instanceof PredefinedSslPolicy policy) {
            return policy.azureName();
        }
        if (value instanceof Enum<?> constant) {
            return Words.constant(constant);
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
