package dev.gatehouse.health;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.Target;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.upstream.AffinitySecret;
import dev.gatehouse.upstream.BackendClient;
import dev.gatehouse.upstream.HealthRules;
import dev.gatehouse.upstream.HostAddresses;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pools for tests, part by part. */
final class TestPools {
    private static final UpstreamListener DEAF = (pool, upstream, before, cause) -> {};

    int port = 80;
    Protocol protocol = Protocol.HTTP;
    HostOverride host = HostOverride.NONE;
    BackendTlsRules tls = BackendTlsRules.DEFAULT;
    AddressMap map = AddressMap.NONE;

    @Nullable
    Probe probe;

    UpstreamListener listener = DEAF;
    HealthRules rules = HealthRules.DEFAULT;

    static Probe probe(@Nullable String host, String path, ProbeTiming timing, ProbeMatch match) {
        return new Probe("p", Protocol.HTTP, host, path, timing, false, 0, null, match);
    }

    static ProbeTiming timing(int intervalMillis, int timeoutMillis, int threshold) {
        return new ProbeTiming(Duration.ofMillis(intervalMillis), Duration.ofMillis(timeoutMillis), threshold);
    }

    BackendHttpSettings settings() {
        return new BackendHttpSettings(
                "settings",
                port,
                protocol,
                Duration.ofSeconds(5),
                probe,
                host,
                null,
                CookieAffinity.OFF,
                ConnectionDraining.DEFAULT,
                tls,
                false);
    }

    UpstreamPool of(BackendAddress... members) throws TlsConfigurationException {
        return of(List.of(members));
    }

    UpstreamPool of(List<BackendAddress> members) throws TlsConfigurationException {
        BackendHttpSettings settings = settings();
        BackendClient client = new BackendClient(settings, new BackendTls(settings, LocalSettings.DEFAULT));
        return new UpstreamPool(
                new Target.Forward(new BackendAddressPool("pool", members), settings),
                new UpstreamPool.Parts(map, client, new HostAddresses(), listener, AffinitySecret.random(), rules),
                null);
    }
}
