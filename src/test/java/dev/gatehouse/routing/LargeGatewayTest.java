package dev.gatehouse.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.Target;
import dev.gatehouse.testkit.LargeGateway;
import dev.gatehouse.testkit.TestDay;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long this takes is the business of {@code src/bench}. */
class LargeGatewayTest {
    private static final int LISTENERS = 100;
    private static final int PATH_RULES = 50;

    @Test
    void everyOneOfFiveThousandRulesIsReadAndTakesItsOwnRequests() { // REQ-12, REQ-15, REQ-21
        LoadResult result = load(new LargeGateway(LISTENERS, PATH_RULES));

        assertThat(result.hasErrors()).isFalse();
        assertThat(result.problems()).extracting(problem -> problem.id()).containsOnly("VAL-39");
        RouteTable routes = new RouteTable(result.configuration().orElseThrow());
        assertThat(routes.forwards()).hasSize(LISTENERS * LargeGateway.POOLS);
        for (int listener = 0; listener < LISTENERS; listener++) {
            for (int rule = 0; rule < PATH_RULES; rule++) {
                assertThat(pool(routes, listener, LargeGateway.path(rule))).hasValue(LargeGateway.pool(listener, rule));
            }
            assertThat(pool(routes, listener, "/elsewhere")).hasValue(LargeGateway.pool(listener, 0));
        }
        assertThat(pool(routes, LISTENERS, "/area1/v1/x")).isEmpty();
    }

    @Test
    void smallGatewayOfTheSameKindHasNoProblems() {
        assertThat(load(new LargeGateway(1, 10)).problems()).isEqualTo(List.of());
    }

    private static LoadResult load(LargeGateway gateway) {
        byte[] bytes = gateway.json().getBytes(StandardCharsets.UTF_8);
        return TestDay.reader()
                .load(new ConfigurationReader.Source("large.json", bytes), Optional.empty(), Path.of(""));
    }

    private static Optional<String> pool(RouteTable routes, int listener, String path) {
        return routes.match("127.0.0.1", 80, LargeGateway.host(listener), path, RequestFacts.BARE)
                .map(Route::target)
                .map(target -> ((Target.Forward) target).pool().name());
    }
}
