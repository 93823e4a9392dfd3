package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.upstream.Health;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PRB-10, PRB-11, PRB-12, PRB-14: the pure parts. */
class ProbeStateTest {
    @ParameterizedTest
    @CsvSource({
        // start, failures so far, threshold, what happens (s f), end, failures then
        "UNKNOWN,   0, 3, s,        HEALTHY,   0",
        "UNKNOWN,   0, 3, f,        UNHEALTHY, 1",
        "HEALTHY,   0, 3, f,        HEALTHY,   1",
        "HEALTHY,   0, 3, ff,       HEALTHY,   2",
        "HEALTHY,   0, 3, fff,      UNHEALTHY, 3",
        "HEALTHY,   0, 1, f,        UNHEALTHY, 1",
        "HEALTHY,   0, 3, ffsff,    HEALTHY,   2",
        "HEALTHY,   0, 3, ffsfff,   UNHEALTHY, 3",
        "UNHEALTHY, 3, 3, s,        HEALTHY,   0",
        "UNHEALTHY, 3, 3, ffff,     UNHEALTHY, 7",
        "UNHEALTHY, 3, 3, sff,      HEALTHY,   2",
        "HEALTHY,   0, 20, fffffffffffffffffff,  HEALTHY,   19",
        "HEALTHY,   0, 20, ffffffffffffffffffff, UNHEALTHY, 20",
    })
    void runOfResultsDecidesHealth(Health start, int failed, int threshold, String run, Health end, int failures) {
        ProbeState state = new ProbeState(start, failed);
        for (int i = 0; i < run.length(); i++) {
            state = state.after(run.charAt(i) == 's', threshold);
        }
        assertThat(state).isEqualTo(new ProbeState(end, failures));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "0, 2000, 0", "2, 3, 40", "1999, 2000, 999", "49, 50, 980", "99, 100, 990"})
    void firstRoundIsSpreadOverTheFirstSecond(int index, int count, long millis) {
        assertThat(Duration.ofNanos(ProbeSchedule.firstDelay(index, count)).toMillis())
                .isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 990", "500, 500, 1000", "0, 1000, 0", "0, 2500, 0", "-700, -600, 900"})
    void nextProbeStartsOneIntervalAfterTheLastOrAtOnceAfterASlowOne(long started, long finished, long delay) {
        long millis = 1_000_000;
        assertThat(ProbeSchedule.nextDelay(started * millis, finished * millis, Duration.ofSeconds(1)))
                .isEqualTo(delay * millis);
    }
}
