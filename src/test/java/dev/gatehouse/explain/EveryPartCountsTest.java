package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No part of the model is silently ignored: every component of every record of a gateway is varied, everywhere alike,
 * and of each component some variation must be a difference, but for the labels listed here. A new component that is
 * ignored, that the shop does not hold or that this test cannot vary fails.
 */
class EveryPartCountsTest {
    /** Labels and means: what they bring about is compared instead. */
    private static final Set<String> LABELS = Set.of(
            "Gateway.name",
            "Gateway.id",
            "HttpListener.name",
            "FrontendPort.name",
            "FrontendIpConfiguration.name",
            "RequestRoutingRule.name",
            "UrlPathMap.name",
            "PathRule.name",
            "BackendAddressPool.name",
            "BackendHttpSettings.name",
            "Probe.name",
            "RedirectConfiguration.name",
            "SslCertificate.name",
            "TrustedRootCertificate.name",
            "TrustedClientCertificate.name",
            "AuthenticationCertificate.name",
            "SslProfile.name",
            "RewriteRuleSet.name",
            "RewriteRule.name",
            "LoadDistributionPolicy.name",
            "EntraJwtValidationConfig.name",
            "RoutingConditionSet.name",
            "AdvancedRoutingMap.name",
            "AdvancedRoutingMap.Rule.name",
            "LayerFour.Listener.name",
            "LayerFour.Probe.name",
            "LayerFour.BackendSettings.name",
            "LayerFour.RoutingRule.name",
            // Seen through the rules that name them; one that none names is not opened (VAL-15).
            "Gateway.httpListeners",
            // Varied by one, which changes no order here; OrderTest and GatewayDiffTest change orders.
            "RequestRoutingRule.priority",
            "RewriteRule.ruleSequence",
            "AdvancedRoutingMap.Rule.priority",
            // A rule has one way to go: with this one beside its own it would be no rule. GatewayDiffTest changes maps.
            "RequestRoutingRule.advancedRoutingMap");

    /** One component of one record in the gateway. */
    record Part(Record owner, int index) {
        RecordComponent component() {
            return owner.getClass().getRecordComponents()[index];
        }

        @Nullable
        Object value() {
            try {
                return component().getAccessor().invoke(owner);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }

        boolean saysSomething() {
            @Nullable Object value = value();
            return value != null && !(value instanceof Collection<?> collection && collection.isEmpty());
        }

        String label() {
            return nameOf(owner.getClass()) + "." + component().getName();
        }

        @Override
        public String toString() {
            return label() + " of " + RecordParts.nameOf(owner).orElse("it");
        }
    }

    private static final GatewayConfiguration SHOP = Shop.withLocalFile();
    private static final Set<Record> RECORDS = records();

    static Map<String, List<Part>> parts() {
        Map<String, List<Part>> byLabel = parts(RECORDS);
        byLabel.keySet().removeAll(LABELS);
        return byLabel;
    }

    private static Map<String, List<Part>> parts(Set<Record> records) {
        Map<String, List<Part>> byLabel = new TreeMap<>();
        for (Record record : records) {
            for (int i = 0; i < record.getClass().getRecordComponents().length; i++) {
                Part part = new Part(record, i);
                byLabel.computeIfAbsent(part.label(), label -> new ArrayList<>())
                        .add(part);
            }
        }
        return byLabel;
    }

    /** Every record type that a gateway may hold. */
    private static void collectTypes(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType parameterized) {
            Stream.of(parameterized.getActualTypeArguments()).forEach(argument -> collectTypes(argument, types));
        } else if (type instanceof Class<?> plain && plain.isSealed()) {
            Stream.of(plain.getPermittedSubclasses()).forEach(member -> collectTypes(member, types));
        } else if (type instanceof Class<?> record && record.isRecord() && types.add(record)) {
            Stream.of(record.getRecordComponents())
                    .forEach(component -> collectTypes(component.getGenericType(), types));
        }
    }

    /** With the class around it, since there are two probes. */
    private static String nameOf(Class<?> type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        return name.replace('$', '.');
    }

    static Set<String> labels() {
        return parts().keySet();
    }

    private static Set<Record> records() {
        Set<Record> records = new LinkedHashSet<>();
        collect(SHOP.gateway(), records);
        return records;
    }

    @Test
    void shopHoldsEveryComponentOfTheGateway() {
        Map<String, Boolean> isHeld = new TreeMap<>();
        Set<Class<?>> types = new LinkedHashSet<>();
        collectTypes(Gateway.class, types);
        types.forEach(type -> Stream.of(type.getRecordComponents())
                .forEach(component -> isHeld.put(nameOf(type) + "." + component.getName(), false)));
        parts(RECORDS)
                .forEach((label, parts) -> isHeld.put(label, parts.stream().anyMatch(Part::saysSomething)));
        isHeld.keySet().removeAll(Set.of("RequestRoutingRule.advancedRoutingMap"));

        assertThat(isHeld).isNotEmpty().doesNotContainValue(false);
    }

    @ParameterizedTest
    @MethodSource("labels")
    void variationIsADifference(String label) {
        GatewayConfiguration before = SHOP;
        List<Part> parts = parts().getOrDefault(label, List.of());

        // The parts of a record that stands there are varied on their own.
        boolean holdsRecords = parts.stream().anyMatch(part -> part.value() instanceof Record);
        boolean isNoticed = parts.stream()
                .flatMap(part -> variations(part).stream()
                        .map(variation -> (Gateway) replaced(before.gateway(), part.owner(), variation)))
                .anyMatch(after -> !GatewayDiff.between(before, new GatewayConfiguration(after, before.local()))
                        .isEmpty());
        assertThat(isNoticed || holdsRecords).as(label).isTrue();
    }

    /** The owner with other values of the part, as far as its constructor takes them. */
    private static List<Record> variations(Part part) {
        List<Record> variations = new ArrayList<>();
        for (Object other : otherValues(part.component().getType(), part.value())) {
            Object[] arguments = values(part.owner());
            arguments[part.index()] = other;
            constructed(part.owner().getClass(), arguments).ifPresent(variations::add);
        }
        return variations;
    }

    private static List<?> otherValues(Class<?> type, @Nullable Object value) {
        if (value == null || value instanceof Record) {
            return type == String.class
                    ? List.of("/other")
                    : type == Integer.class
                            ? List.of(7)
                            : RECORDS.stream()
                                    .filter(record -> type.isInstance(record) && !record.equals(value))
                                    .toList();
        }
        if (value instanceof Boolean flag) {
            return List.of(!flag);
        }
        if (value instanceof Integer number) {
            return List.of(number + 1);
        }
        if (value instanceof Long number) {
            return List.of(number + 1);
        }
        if (value instanceof String text) {
            return List.of(text + "x");
        }
        if (value instanceof Duration duration) {
            return List.of(duration.plusMillis(1));
        }
        if (value instanceof Enum<?> constant) {
            return Stream.of(constant.getDeclaringClass().getEnumConstants())
                    .filter(other -> other != constant)
                    .toList();
        }
        if (value instanceof Path path) {
            return List.of(path.resolveSibling("other.html"));
        }
        if (value instanceof URI uri) {
            return List.of(uri.resolve("other.html"));
        }
        if (value instanceof Set<?>) {
            return List.of(Set.of());
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            return List.of(list.subList(1, list.size()), list.subList(0, list.size() - 1));
        }
        return List.of();
    }

    private static void collect(Object value, Set<Record> records) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, records));
        } else if (value instanceof Record record && records.add(record)) {
            for (Object part : values(record)) {
                if (part != null) {
                    collect(part, records);
                }
            }
        }
    }

    /** The model again, with another record wherever the old one stood. */
    private static Object replaced(Object value, Record old, Record other) {
        if (value.equals(old)) {
            return other;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> replaced(element, old, other)).toList();
        }
        if (!(value instanceof Record record)) {
            return value;
        }
        Object[] arguments = values(record);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] != null) {
                arguments[i] = replaced(arguments[i], old, other);
            }
        }
        return construct(record.getClass(), arguments);
    }

    private static @Nullable Object[] values(Record record) {
        return Stream.iterate(0, i -> i < record.getClass().getRecordComponents().length, i -> i + 1)
                .map(i -> new Part(record, i).value())
                .toArray();
    }

    private static Record construct(Class<?> type, @Nullable Object[] arguments) {
        return constructed(type, arguments).orElseThrow();
    }

    /** Empty if such a record cannot be. */
    private static Optional<Record> constructed(Class<?> type, @Nullable Object[] arguments) {
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return Optional.of((Record) constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
