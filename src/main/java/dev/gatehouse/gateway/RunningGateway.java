package dev.gatehouse.gateway;

import dev.gatehouse.admin.LiveGateway;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.upstream.UpstreamPool;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The gateway as operators see it. Thread-safe.
 *
 * @param runtime what serves
 * @param isStopping whether it is on its way out
 * @param unserved what the last reload could not open
 */
record RunningGateway(GatewayRuntime runtime, BooleanSupplier isStopping, Supplier<List<String>> unserved)
        implements LiveGateway {
    @Override
    public Optional<String> whyNotReady() {
        if (isStopping.getAsBoolean()) {
            return Optional.of("The gateway is stopping.");
        }
        List<String> shut = unserved.get();
        if (!shut.isEmpty()) {
            return Optional.of(String.join(" ", shut));
        }
        return runtime.isReady()
                ? Optional.empty()
                : Optional.of("Backends are still being probed for the first time.");
    }

    @Override
    public Gateway gateway() {
        return runtime.get().configuration().gateway();
    }

    @Override
    public List<UpstreamPool> pools() {
        return runtime.pools();
    }
}
