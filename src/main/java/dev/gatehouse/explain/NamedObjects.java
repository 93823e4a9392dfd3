package dev.gatehouse.explain;

import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.SslCertificate;
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
        for (RecordComponent component : Gateway.class.getRecordComponents()) {
            if (component.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> element
                    && element.isRecord()
                    && element != HttpListener.class
                    && element != RequestRoutingRule.class) {
                kinds.add(element);
            }
        }
        return kinds;
    }
}
