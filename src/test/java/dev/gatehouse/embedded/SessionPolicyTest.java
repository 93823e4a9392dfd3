package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.EchoBackend;
import dev.gatehouse.testkit.WebSocketRecorder;
import dev.gatehouse.upstream.Health;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WS-33: what the local file says of sessions whose member fails its probes, however they are carried. */
@Timeout(60)
class SessionPolicyTest {
    private static final String DRAINING = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": %d },";

    @TempDir
    Path directory;

    private ReloadRig rig(EchoBackend backend, String mode, String policy, int drainSeconds) throws Exception {
        ReloadRig rig = new ReloadRig(directory, "10.0.0.1");
        rig.local =
                ("\"addresses\": { \"10.0.0.1\": \"127.0.0.1:%d\" }, \"webSocket\": { \"modes\": { \"SET\": \"%s\" },"
                                + " \"whenUnhealthy\": { \"Live\": \"%s\" } }")
                        .formatted(backend.port(), mode, policy);
        rig.probe = "\"interval\": 1, \"timeout\": 1, \"unhealthyThreshold\": 1";
        rig.settings = drainSeconds == 0 ? "" : DRAINING.formatted(drainSeconds);
        return rig.start();
    }

    private static void fail(ReloadRig rig, EchoBackend backend) {
        backend.probesGet(503);
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(15))
                .until(() -> rig.snapshot().pools().get(0).members().get(0).health() == Health.UNHEALTHY);
    }

    private static void assertAlive(WebSocketRecorder session) throws Exception {
        session.peer().text("still there");
        assertThat(session.peer().readMessage().text()).isEqualTo("still there");
    }

    @ParameterizedTest
    @CsvSource({"bridge", "relay"})
    void closedAtOnceWhereThatIsAskedFor(String mode) throws Exception {
        try (EchoBackend backend = new EchoBackend("failing", "127.0.0.1", 0);
                ReloadRig rig = rig(backend, mode, "close", 30);
                WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
            assertAlive(session);
            fail(rig, backend);
            assertThat(session.expectClose().closeCode()).isEqualTo(1001); // spread over 5 s
        }
    }

    @ParameterizedTest
    @CsvSource({"bridge", "relay"})
    void keptInSpiteOfDraining(String mode) throws Exception {
        try (EchoBackend backend = new EchoBackend("failing", "127.0.0.1", 0);
                ReloadRig rig = rig(backend, mode, "keep", 1);
                WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
            fail(rig, backend);
            TimeUnit.SECONDS.sleep(3); // longer than the drain time-out and its looks
            assertAlive(session);
        }
    }

    @ParameterizedTest
    @CsvSource({"bridge", "relay"})
    void thoseOfAMemberThatRecoversInTimeAreKept(String mode) throws Exception {
        try (EchoBackend backend = new EchoBackend("failing", "127.0.0.1", 0);
                ReloadRig rig = rig(backend, mode, "drain", 3);
                WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
            fail(rig, backend);
            backend.probesGet(200);
            TimeUnit.SECONDS.sleep(5);
            assertAlive(session);
            fail(rig, backend);
            assertThat(session.expectClose().closeCode()).isEqualTo(1001);
        }
    }
}
