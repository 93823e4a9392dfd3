package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one collection by name, and the one place where references are resolved (CFG-14, VAL-1). An object that could
 * not be read is still known by name, so that it causes one problem and not two. Confined to one load.
 */
final class Table<T> {
    /** Azure's older spelling in a documentation page. */
    private static final Map<String, String> ALIASES =
            Map.of("backendhttpsettingslist", "backendHttpSettingsCollection");

    private static final Map<String, String> NOUNS = Map.ofEntries(
            Map.entry("frontendIPConfigurations", "frontend IP configuration"),
            Map.entry("frontendPorts", "frontend port"),
            Map.entry("sslCertificates", "certificate"),
            Map.entry("trustedRootCertificates", "trusted root certificate"),
            Map.entry("backendAddressPools", "pool"),
            Map.entry("backendHttpSettingsCollection", "entry of backend settings"),
            Map.entry("probes", "probe"),
            Map.entry("httpListeners", "listener"),
            Map.entry("redirectConfigurations", "redirect"),
            Map.entry("urlPathMaps", "path map"),
            Map.entry("rewriteRuleSets", "rewrite set"),
            Map.entry("loadDistributionPolicies", "load distribution policy"),
            Map.entry("entraJWTValidationConfigs", "token check"),
            Map.entry("advancedRoutingMaps", "advanced routing map"),
            Map.entry("advancedRoutingConditionSets", "set of routing conditions"));

    /** One object: as written, and as a record unless a problem prevents it. */
    record Item<T>(String name, ConfigObject object, Optional<T> value) {}

    private final String collection;
    private final Optional<String> gatewayName;
    private final Problems problems;
    private final Map<String, Item<T>> items = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    Table(String collection, Optional<String> gatewayName, Problems problems) {
        this.collection = collection;
        this.gatewayName = gatewayName;
        this.problems = problems;
    }

    void add(Item<T> item) {
        items.put(ObjectNode.fold(item.name()), item);
        names.add(item.name());
    }

    Optional<Item<T>> find(String name) {
        return Optional.ofNullable(items.get(ObjectNode.fold(name)));
    }

    List<Item<T>> items() {
        return List.copyOf(items.values());
    }

    List<T> values() {
        return items.values().stream().flatMap(item -> item.value().stream()).toList();
    }

    List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /** The object referred to; empty if a problem was reported, here or when the object was read. */
    Optional<T> resolve(Reference reference) {
        ReferenceText id = ReferenceText.of(reference.text());
        @Nullable Item<T> item = items.get(ObjectNode.fold(id.name()));
        boolean isOpen = reference.open().isPresent();
        if (isOpen && (item == null || isOtherKind(id))) {
            return reference.open().flatMap(this::resolveOpen);
        }
        if (isOtherKind(id)) {
            reportWrongKind(reference, id);
            return Optional.empty();
        }
        if (item == null) {
            reportDangling(reference, id);
            return Optional.empty();
        }
        warnOfOtherGateway(reference, id, isOpen);
        return item.value();
    }

    /** CFG-13: an id whose expression is wrong may still end in a name that can be read; Azure would refuse it. */
    private Optional<T> resolveOpen(OpenNode open) {
        String source = open.text().replaceAll("^«|»$", "");
        ReferenceText id = ReferenceText.of(source);
        @Nullable Item<T> item = open.fault().isPresent() ? items.get(ObjectNode.fold(id.name())) : null;
        if (item == null || isOtherKind(id)) {
            OpenValues.report(open, problems);
            return Optional.empty();
        }
        open.fault().map(Problem::asAzure).ifPresent(problems::report);
        return item.value();
    }

    private boolean isOtherKind(ReferenceText id) {
        String named = id.collection().orElse(collection);
        String meant = Objects.requireNonNullElse(ALIASES.get(ObjectNode.fold(named)), named);
        return !meant.equalsIgnoreCase(collection);
    }

    private String noun() {
        return NOUNS.getOrDefault(collection, "entry of " + collection);
    }

    private void reportWrongKind(Reference reference, ReferenceText id) {
        problems.error(
                "VAL-1",
                Kind.REFERENCE,
                reference.place(),
                "the id names one of " + id.collection().orElse("") + ", but a " + noun() + " is needed.",
                "Refer to one of " + collection + Wording.known(names()) + ".");
    }

    private void reportDangling(Reference reference, ReferenceText id) {
        String guess = Wording.closest(id.name(), names())
                .map(name -> " " + Wording.didYouMean(name))
                .orElse("");
        problems.error(
                "VAL-1",
                Kind.REFERENCE,
                reference.place(),
                "no " + noun() + " is named " + Wording.quote(id.name()) + Wording.known(names()) + "." + guess,
                "Correct the id, or add the " + noun() + " to " + collection + ".");
    }

    private void warnOfOtherGateway(Reference reference, ReferenceText id, boolean isOpen) {
        Optional<String> other = id.gateway().filter(name -> !isOpen && gatewayName.isPresent());
        if (other.isPresent() && !other.get().equalsIgnoreCase(gatewayName.orElse(""))) {
            problems.warn(
                    "CFG-14",
                    Kind.REFERENCE,
                    reference.place(),
                    "the id names the gateway " + Wording.quote(other.get()) + ", this one is "
                            + Wording.quote(gatewayName.orElse("")) + "; the object of this one is taken.",
                    "Correct the gateway's name in the id.");
        }
    }
}
