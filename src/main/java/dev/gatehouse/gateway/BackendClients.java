package dev.gatehouse.gateway;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Target;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.BackendTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the backends of one configuration, one pool of them for each settings entry. What speaks to its
 * backends as an entry of the configuration before did is the same object, open connections included. Immutable.
 */
final class BackendClients {
    private final Map<Key, BackendClient> clients;

    /** What connections depend on: settings that differ in anything else share what they have open. */
    private record Key(BackendHttpSettings settings, Duration clientsIdle) {
        static Key of(BackendHttpSettings settings, LocalSettings local) {
            BackendHttpSettings wire = new BackendHttpSettings(
                    settings.name(),
                    settings.port(),
                    settings.protocol(),
                    settings.requestTimeout(),
                    null,
                    settings.hostOverride(),
                    null,
                    CookieAffinity.OFF,
                    ConnectionDraining.DEFAULT,
                    settings.tls(),
                    settings.dedicatedBackendConnection());
            return new Key(wire, local.traffic().limits().keepAliveTimeout());
        }
    }

    private BackendClients(Map<Key, BackendClient> clients) {
        this.clients = clients;
    }

    static BackendClients none() {
        return new BackendClients(Map.of());
    }

    /**
     * Clients for all pairs; opens no connection.
     *
     * @throws TlsConfigurationException with every root that cannot be had
     */
    static BackendClients of(List<Target.Forward> pairs, LocalSettings local, BackendTimer timer, BackendClients before)
            throws TlsConfigurationException {
        Map<Key, BackendTls> trust = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Target.Forward pair : pairs) {
            Key key = Key.of(pair.settings(), local);
            if (!trust.containsKey(key)) {
                try {
                    trust.put(key, new BackendTls(pair.settings(), local));
                } catch (TlsConfigurationException e) {
                    problems.add(e.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new TlsConfigurationException(String.join(System.lineSeparator(), problems));
        }
        Map<Key, BackendClient> clients = new LinkedHashMap<>();
        trust.forEach((key, tls) -> {
            @Nullable BackendClient old = before.clients.get(key);
            boolean isKept = old != null && old.tls().trustsTheSame(tls);
            clients.put(key, isKept ? old : new BackendClient(key.settings(), tls, timer, key.clientsIdle()));
        });
        return new BackendClients(clients);
    }

    BackendClient of(BackendHttpSettings settings, LocalSettings local) {
        return Objects.requireNonNull(clients.get(Key.of(settings, local)));
    }

    /** Those that another configuration has no use for. */
    List<BackendClient> without(BackendClients other) {
        return clients.values().stream()
                .filter(client -> !other.clients.containsValue(client))
                .toList();
    }

    /** Whether an entry that both have trusts other roots here. */
    boolean hasOtherTrust(BackendClients other) {
        return clients.entrySet().stream().anyMatch(entry -> {
            @Nullable BackendClient old = other.clients.get(entry.getKey());
            return old != null && old != entry.getValue();
        });
    }

    void close() {
        clients.values().forEach(BackendClient::close);
    }
}
