package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.admin.ReloadReport;
import dev.gatehouse.admin.ReloadReport.Result;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.testkit.EchoBackend;
import dev.gatehouse.testkit.RequestLoad;
import dev.gatehouse.testkit.SessionLoad;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * config-model.md section 9: reloads under load lose nothing. Small here; the sizes that count are system properties:
 * {@code gatehouse.load.sessions}, {@code gatehouse.load.requests} (a second) and {@code gatehouse.load.reloads}.
 */
class ReloadUnderLoadTest {
    private static final int SESSIONS = Integer.getInteger("gatehouse.load.sessions", 60);
    private static final int REQUESTS = Integer.getInteger("gatehouse.load.requests", 200);
    private static final int RELOADS = Integer.getInteger("gatehouse.load.reloads", 10);

    @TempDir
    Path directory;

    @Test
    void reloadsOfOtherPartsLoseNoSessionAndNoRequest() throws Exception {
        try (EchoBackend a = new EchoBackend("a", "127.0.0.1", 0);
                EchoBackend b = new EchoBackend("b", "127.0.0.2", 0);
                ReloadRig rig = new ReloadRig(directory, "10.0.0.1", "10.0.0.2")) {
            rig.local = "\"addresses\": { \"10.0.0.1\": \"127.0.0.1:" + a.port() + "\", \"10.0.0.2\": \"127.0.0.2:"
                    + b.port() + "\" }, \"reload\": { \"watch\": false }";
            rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 4 },";
            rig.start();
            WeakReference<Snapshot> first = new WeakReference<>(rig.snapshot());
            try (SessionLoad sessions = new SessionLoad(
                            URI.create("ws://localhost:" + rig.port + "/"), SESSIONS, Duration.ofSeconds(1));
                    RequestLoad requests = new RequestLoad(rig.port, "main.test", REQUESTS, 10)) {
                for (int i = 0; i < RELOADS; i++) {
                    change(rig, i);
                    ReloadReport report = rig.reload();
                    assertThat(report.result()).isEqualTo(Result.RELOADED);
                    assertThat(report.draining()).isZero();
                    assertThat(report.kept()).isGreaterThanOrEqualTo(SESSIONS);
                }
                long echoes = sessions.echoes();
                await().atMost(Duration.ofSeconds(10)).until(() -> sessions.echoes() >= echoes + 2L * SESSIONS);
                assertThat(sessions.ended()).isEmpty();
                assertThat(sessions.stuck(Duration.ofSeconds(2))).isZero();
                assertThat(requests.failures()).isEmpty();
                assertThat(requests.answered()).isPositive();
                System.out.printf(
                        "%d sessions, %d echoes, %d requests, slowest %d ms, %d reloads: 0 lost, 0 failed%n",
                        SESSIONS, sessions.echoes(), requests.answered(), requests.slowestMillis(), RELOADS);
                assertForgotten(first);
                removeOne(rig, sessions, requests, b);
            }
        }
    }

    /** Other rules, other probes, other pools: something else each time. */
    private static void change(ReloadRig rig, int round) {
        rig.unused = round % 5;
        rig.probe = "\"interval\": " + (1 + round % 3) + ", \"timeout\": 1, \"unhealthyThreshold\": 3";
        if (rig.hosts.size() > 3) {
            rig.hosts.remove(1);
        } else {
            rig.hosts.add("other" + round);
        }
    }

    // A session holds nothing of the configuration that it began with.
    private static void assertForgotten(WeakReference<Snapshot> first) {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return first.refersTo(null);
        });
    }

    private static void removeOne(ReloadRig rig, SessionLoad sessions, RequestLoad requests, EchoBackend removed)
            throws Exception {
        int leaving = removed.sessions();
        rig.members.remove("10.0.0.2");
        long start = System.nanoTime();
        ReloadReport report = rig.reload();
        assertThat(report.draining()).isGreaterThanOrEqualTo(leaving);
        await().atMost(Duration.ofSeconds(12)).until(() -> sessions.ended().size() == leaving);
        List<SessionLoad.End> ends = sessions.ended();
        assertThat(ends).allMatch(end -> end.code() == 1001);
        long soonest = ends.stream().mapToLong(SessionLoad.End::nanos).min().orElseThrow() - start;
        long latest = ends.stream().mapToLong(SessionLoad.End::nanos).max().orElseThrow() - start;
        assertThat(Duration.ofNanos(soonest)).isGreaterThan(Duration.ofMillis(1_900));
        assertThat(Duration.ofNanos(latest)).isBetween(Duration.ofMillis(2_500), Duration.ofMillis(6_000));
        long echoes = sessions.echoes();
        await().atMost(Duration.ofSeconds(10)).until(() -> sessions.echoes() >= echoes + 2L * (SESSIONS - leaving));
        assertThat(sessions.ended()).hasSize(leaving);
        assertThat(sessions.stuck(Duration.ofSeconds(2))).isZero();
        assertThat(requests.failures()).isEmpty();
        System.out.printf(
                "member removed: %d of %d sessions ended with 1001 between %d and %d ms; 0 of the others, 0 requests%n",
                leaving, SESSIONS, soonest / 1_000_000, latest / 1_000_000);
    }
}
