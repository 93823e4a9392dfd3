package dev.gatehouse.explain;

import dev.gatehouse.model.AuthenticationCertificate;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LayerFour;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RoutingConditionSet;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.TrustedClientCertificate;
import dev.gatehouse.model.TrustedRootCertificate;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects of a gateway that others refer to by name: pools, settings, probes and so on, and whatever collection the
 * model gains. Listeners and rules are not among them; what they do is seen in the routes. Immutable after construction.
 */
final class NamedObjects {
    /** Kinds, in the order in which differences are told. */
    private static final Set<Class<?>> KINDS = kinds();

    private final Map<Class<?>, Map<String, Record>> byKind = new TreeMap<>(Comparator.comparing(Class::getName));

    NamedObjects(Gateway gateway) {
        KINDS.forEach(kind -> byKind.put(kind, new TreeMap<>()));
        collect(gateway, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    static Set<Class<?>> all() {
        return KINDS;
    }

    static boolean isNamed(Record record) {
        return KINDS.contains(record.getClass());
    }

    /** By folded name, sorted. */
    Map<String, Record> of(Class<?> kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    Optional<Record> find(Class<?> kind, String name) {
        return Optional.ofNullable(of(kind).get(fold(name)));
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** As deep as the model, which has no cycles; a pool that a thousand rules share is looked at once. */
    private void collect(Object value, Set<Record> seen) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(inner -> collect(inner, seen));
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(element -> collect(element, seen));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(element -> collect(element, seen));
        } else if (value instanceof Record record && seen.add(record)) {
            if (isNamed(record)) {
                RecordParts.nameOf(record)
                        .ifPresent(name -> byKind.computeIfAbsent(record.getClass(), kind -> new TreeMap<>())
                                .putIfAbsent(fold(name), record));
            }
            RecordParts.of(record).forEach(part -> part.value().ifPresent(inner -> collect(inner, seen)));
        }
    }

    private static Set<Class<?>> kinds() {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        kinds.add(BackendAddressPool.class);
        kinds.add(BackendHttpSettings.class);
        kinds.add(Probe.class);
        kinds.add(RedirectConfiguration.class);
        kinds.add(SslCertificate.class);
        kinds.add(TrustedRootCertificate.class);
        kinds.add(TrustedClientCertificate.class);
        kinds.add(AuthenticationCertificate.class);
        kinds.add(RoutingConditionSet.class);
        kinds.add(LayerFour.Probe.class);
        addCollections(Gateway.class, kinds);
        return kinds;
    }

    /** The gateway's own collections and those of its parts, such as the rewrite sets of {@code ruleParts}. */
    private static void addCollections(Class<?> part, Set<Class<?>> kinds) {
        for (RecordComponent component : part.getRecordComponents()) {
            Optional<Class<?>> element = elementOf(component);
            element.filter(NamedObjects::isKind).ifPresent(kinds::add);
            if (component.getType().isRecord()) {
                addCollections(component.getType(), kinds);
            }
        }
    }

    /** What a list holds; empty of anything else. */
    static Optional<Class<?>> elementOf(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? Optional.of(element)
                : Optional.empty();
    }

    private static boolean isKind(Class<?> element) {
        return element.isRecord()
                && Stream.of(element.getRecordComponents())
                        .anyMatch(component -> component.getName().equals("name"))
                && element != HttpListener.class
                && element != RequestRoutingRule.class;
    }
}
