package dev.gatehouse.gateway;

import dev.gatehouse.exchange.Departure;
import dev.gatehouse.exchange.Position;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.Target;
import dev.gatehouse.upstream.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of everything that is under way whether a configuration still has its listener, its rule and its member
 * (config-model.md section 9): what has goes on untouched, whatever else changed. Immutable, thread-safe.
 */
final class Continuity implements Function<Position, Optional<Departure>> {
    private static final String WORD = "gateway configuration changed";

    private final Map<String, BackendHttpSettings> former;
    private final GatewayConfiguration configuration;
    private final Map<String, HttpListener> listeners;
    private final Map<String, RequestRoutingRule> rules;
    private final Map<String, BackendAddressPool> pools;
    private final Map<String, BackendHttpSettings> settings;
    private final Map<Target.Forward, Set<Place>> places = new ConcurrentHashMap<>();

    /**
     * Creates it.
     *
     * @param before what is served until now; says how long its settings let members drain
     * @param served what is served next
     */
    Continuity(GatewayConfiguration before, GatewayConfiguration served) {
        this.former = byName(before.gateway().backendHttpSettings(), BackendHttpSettings::name);
        this.configuration = served;
        this.rules = byName(served.gateway().requestRoutingRules(), RequestRoutingRule::name);
        this.listeners = new HashMap<>();
        for (RequestRoutingRule rule : rules.values()) { // a listener without a rule is not open
            listeners.put(key(rule.httpListener().name()), rule.httpListener());
        }
        this.pools = byName(served.gateway().backendAddressPools(), BackendAddressPool::name);
        this.settings = byName(served.gateway().backendHttpSettings(), BackendHttpSettings::name);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(each -> key(name.apply(each)), each -> each, (a, b) -> a));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Departure> apply(Position position) {
        return gone(position).map(why -> Departure.within(drainTimeout(position), why, WORD));
    }

    private Duration drainTimeout(Position position) {
        BackendHttpSettings own = position.upstream().pair().settings();
        return former.getOrDefault(key(own.name()), own).draining().timeout();
    }

    private Optional<String> gone(Position position) {
        @Nullable HttpListener listener = listeners.get(key(position.listener()));
        if (listener == null) {
            return Optional.of("listener " + position.listener() + " was removed");
        }
        if (!configuration.local().listen().addressOf(listener).equals(position.socket())
                || listener.protocol() != position.protocol()) {
            return Optional.of("listener " + position.listener() + " is not open on " + position.socket() + " as "
                    + position.protocol().azureName() + " any more");
        }
        @Nullable RequestRoutingRule rule = rules.get(key(position.rule()));
        if (rule == null) {
            return Optional.of("rule " + position.rule() + " was removed");
        }
        if (!rule.httpListener().equals(listener)) {
            return Optional.of("rule " + position.rule() + " belongs to listener "
                    + rule.httpListener().name() + " now");
        }
        return memberGone(position);
    }

    /** Whether the configuration still has a pair, be it that no rule leads there now. */
    boolean hasPair(Target.Forward pair) {
        return pools.containsKey(key(pair.pool().name()))
                && settings.containsKey(key(pair.settings().name()));
    }

    private Optional<String> memberGone(Position position) {
        Target.Forward pair = position.upstream().pair();
        @Nullable BackendAddressPool pool = pools.get(key(pair.pool().name()));
        if (pool == null) {
            return Optional.of("pool " + pair.pool().name() + " was removed");
        }
        @Nullable BackendHttpSettings spoken = settings.get(key(pair.settings().name()));
        if (spoken == null) {
            return Optional.of("backend settings " + pair.settings().name() + " were removed");
        }
        boolean isThere = places.computeIfAbsent(new Target.Forward(pool, spoken), this::placesOf)
                .contains(position.upstream().place());
        return isThere
                ? Optional.empty()
                : Optional.of("member " + position.upstream().place() + " was removed from pool "
                        + pair.pool().name());
    }

    private Set<Place> placesOf(Target.Forward pair) {
        return new HashSet<>(Place.of(pair, configuration.local().addresses()));
    }
}
