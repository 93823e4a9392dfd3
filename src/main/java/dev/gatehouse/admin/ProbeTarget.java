package dev.gatehouse.admin;

import dev.gatehouse.document.Wording;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the pair that a probe on demand names. Confined to one call. */
final class ProbeTarget {
    private final List<UpstreamPool> pairs;
    private final List<String> problems = new ArrayList<>();

    private ProbeTarget(List<UpstreamPool> pairs) {
        this.pairs = pairs;
    }

    /** The live pair; it must be one that a rule leads to, since no other is connected to. */
    static UpstreamPool of(ProbeOrder order, Gateway gateway, List<UpstreamPool> pairs) throws BadCallException {
        ProbeTarget target = new ProbeTarget(pairs);
        Optional<String> pool = target.name(
                "backendAddressPool",
                "backendAddressPools",
                order.pool(),
                gateway.backendAddressPools().stream()
                        .map(BackendAddressPool::name)
                        .toList());
        Optional<String> settings = target.name(
                "backendHttpSettings",
                "backendHttpSettingsCollection",
                order.settings(),
                gateway.backendHttpSettings().stream()
                        .map(BackendHttpSettings::name)
                        .toList());
        if (pool.isEmpty() || settings.isEmpty()) {
            throw new BadCallException(target.problems);
        }
        return target.pair(pool.get(), settings.get());
    }

    private Optional<String> name(String what, String collection, Optional<String> given, List<String> known) {
        if (given.isEmpty()) {
            problems.add(what + " is missing" + Wording.known(known) + ".");
            return Optional.empty();
        }
        Optional<String> wanted = nameIn(given.get(), collection);
        Optional<String> found = wanted.flatMap(
                name -> known.stream().filter(name::equalsIgnoreCase).findFirst());
        if (found.isEmpty()) {
            problems.add(what + ": the gateway has no " + Wording.quote(given.get()) + Wording.known(known) + ".");
        }
        return found;
    }

    // CFG-16: of an id, collection and name count; subscription and group may be another spelling of the same.
    private static Optional<String> nameIn(String text, String collection) {
        int slash = text.lastIndexOf('/');
        String before = text.substring(0, Math.max(0, slash)).toLowerCase(Locale.ROOT);
        boolean isOfCollection = slash < 0 || before.endsWith("/" + collection.toLowerCase(Locale.ROOT));
        return isOfCollection ? Optional.of(text.substring(slash + 1)) : Optional.empty();
    }

    private UpstreamPool pair(String pool, String settings) throws BadCallException {
        Predicate<UpstreamPool> isWanted = pair ->
                pair.pair().pool().name().equals(pool) && pair.settings().name().equals(settings);
        Optional<UpstreamPool> found = pairs.stream().filter(isWanted).findFirst();
        if (found.isEmpty()) {
            String known = pairs.stream()
                    .map(pair -> Wording.quote(pair.pair().pool().name()) + " with "
                            + Wording.quote(pair.settings().name()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new BadCallException(List.of(
                    "No rule leads to the pool " + Wording.quote(pool) + " with the settings " + Wording.quote(settings)
                            + (known.isEmpty() ? "; no pair is served." : "; served are " + known + ".")));
        }
        return found.get();
    }
}
