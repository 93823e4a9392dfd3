package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Frontends and ports (sections 4.2 and 4.3). Confined to one load. */
final class FrontendReader {
    private static final int HIGHEST_PORT_IN_AZURE = 65199;
    private static final int LEAST_IDLE_MINUTES = 4;
    private static final int MOST_IDLE_MINUTES = 30;

    private final Related related;
    private final Problems problems;
    private final Map<Integer, String> portNames = new HashMap<>();

    FrontendReader(Related related, Problems problems) {
        this.related = related;
        this.problems = problems;
    }

    Optional<FrontendIpConfiguration> frontend(String name, ConfigObject object) {
        // Never bound as it is, so an expression that Azure would compute does no harm here.
        return Optional.of(new FrontendIpConfiguration(
                name, object.replaceableText("privateIPAddress").orElse(null), idleTimeout(object)));
    }

    private Duration idleTimeout(ConfigObject frontend) {
        Optional<ConfigObject> address = frontend.reference("publicIPAddress").flatMap(related::publicAddress);
        Optional<Integer> minutes =
                address.flatMap(found -> found.integer("idleTimeoutInMinutes", LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES));
        Duration timeout = minutes.map(Duration::ofMinutes).orElse(FrontendIpConfiguration.DEFAULT_IDLE_TIMEOUT);
        if (!timeout.equals(FrontendIpConfiguration.DEFAULT_IDLE_TIMEOUT)) {
            problems.info(
                    "REQ-5",
                    Kind.UNSUPPORTED,
                    address.orElse(frontend).placeOf("idleTimeoutInMinutes"),
                    "this version does not apply the client's idle time-out of " + timeout.toMinutes()
                            + " minutes that the public address sets.",
                    "Nothing to do, unless clients rely on being cut off.");
        }
        return timeout;
    }

    Optional<FrontendPort> port(String name, ConfigObject object) {
        Optional<Integer> port = object.requiredInteger("port", 1, 65535);
        port.ifPresent(number -> check(name, number, object));
        return port.map(number -> new FrontendPort(name, number));
    }

    private void check(String name, int number, ConfigObject object) {
        Place place = object.placeOf("port");
        @Nullable String earlier = portNames.putIfAbsent(number, name);
        if (earlier != null) {
            problems.error(
                    "VAL-2",
                    Kind.DUPLICATE,
                    place,
                    "port " + number + " is already that of " + Wording.quote(earlier) + ".",
                    "Keep one entry per number and let all listeners refer to it.");
        }
        if (number > HIGHEST_PORT_IN_AZURE) {
            problems.azure(
                    "VAL-39",
                    Kind.LIMIT,
                    place,
                    "Azure takes ports up to " + HIGHEST_PORT_IN_AZURE + ".",
                    "Choose a lower port if this goes back to Azure.");
        }
    }
}
