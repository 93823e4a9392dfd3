package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.EchoBackend;
import dev.gatehouse.testkit.RequestLoad;
import dev.gatehouse.testkit.WebSocketRecorder;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PRB-10, PRB-13, REQ-38, WS-33: backends that die, return and flap under a steady load of GET requests. */
class BackendsComeAndGoTest {
    private static final int REQUESTS = Integer.getInteger("gatehouse.load.requests", 200);

    @TempDir
    Path directory;

    private static Upstream member(ReloadRig rig, int index) {
        return rig.snapshot().pools().get(0).members().get(index);
    }

    private static long millisUntil(ReloadRig rig, int index, Health health) {
        long start = System.nanoTime();
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(15))
                .until(() -> member(rig, index).health() == health);
        return (System.nanoTime() - start) / 1_000_000;
    }

    private ReloadRig rig(int first, int second) throws Exception {
        ReloadRig rig = new ReloadRig(directory, "10.0.0.1", "10.0.0.2");
        rig.local = "\"addresses\": { \"10.0.0.1\": \"127.0.0.1:" + first + "\", \"10.0.0.2\": \"127.0.0.1:" + second
                + "\" }";
        return rig;
    }

    @Test
    void killedBackendCostsNoRequestIsFoundByItsProbesAndTakesPartAgainWhenItReturns() throws Exception {
        Process dying = EchoBackend.start("dying", 0);
        int port = Integer.parseInt(dying.inputReader().readLine());
        try (EchoBackend staying = new EchoBackend("staying", "127.0.0.1", 0);
                ReloadRig rig = rig(staying.port(), port).start()) {
            millisUntil(rig, 1, Health.HEALTHY);
            try (RequestLoad load = new RequestLoad(rig.port, "main.test", REQUESTS, 10)) {
                await().until(() -> load.answered() > REQUESTS);
                dying.destroyForcibly().waitFor(); // SIGKILL
                long found = millisUntil(rig, 1, Health.UNHEALTHY);
                long back = millisUntilItIsBack(rig, port);
                System.out.printf(
                        "%d GET/s: killed backend found after %d ms (1 s interval, threshold 3), back %d ms after its"
                                + " return; %d answered, %d failed%n",
                        REQUESTS, found, back, load.answered(), load.failures().size());
                assertThat(load.failures()).isEmpty();
            }
        } finally {
            dying.destroyForcibly();
        }
    }

    private static long millisUntilItIsBack(ReloadRig rig, int port) throws Exception {
        Process returned = EchoBackend.start("returned", port);
        try {
            assertThat(returned.inputReader().readLine()).isEqualTo(Integer.toString(port));
            long back = millisUntil(rig, 1, Health.HEALTHY);
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> member(rig, 1).inFlight() > 0); // it takes requests again
            return back;
        } finally {
            returned.destroyForcibly();
        }
    }

    @Test
    void flappingProbeMovesTrafficAndCostsNoRequest() throws Exception {
        try (EchoBackend steady = new EchoBackend("steady", "127.0.0.1", 0);
                EchoBackend flapping = new EchoBackend("flapping", "127.0.0.1", 0);
                ReloadRig rig = rig(steady.port(), flapping.port())) {
            rig.probe = "\"interval\": 1, \"timeout\": 1, \"unhealthyThreshold\": 1";
            rig.start();
            millisUntil(rig, 1, Health.HEALTHY);
            try (RequestLoad load = new RequestLoad(rig.port, "main.test", REQUESTS, 10);
                    WebSocketRecorder first = WebSocketRecorder.open(rig.port, "/", "Host: main.test");
                    WebSocketRecorder second = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
                for (int i = 0; i < 3; i++) {
                    flapping.probesGet(503);
                    assertThat(millisUntil(rig, 1, Health.UNHEALTHY)).isLessThan(3_000);
                    flapping.probesGet(200);
                    assertThat(millisUntil(rig, 1, Health.HEALTHY)).isLessThan(3_000);
                }
                assertThat(load.failures()).isEmpty();
                for (WebSocketRecorder session : new WebSocketRecorder[] {first, second}) { // WS-33: kept
                    session.peer().text("still there");
                    assertThat(session.peer().readMessage().text()).isEqualTo("still there");
                }
            }
        }
    }

    @Test
    void sessionsOfAMemberThatStaysUnhealthyEndWhereDrainingIsAskedFor() throws Exception { // WS-33
        try (EchoBackend failing = new EchoBackend("failing", "127.0.0.1", 0);
                ReloadRig rig = rig(failing.port(), failing.port())) {
            rig.members.remove(1);
            rig.probe = "\"interval\": 1, \"timeout\": 1, \"unhealthyThreshold\": 1";
            rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 2 },";
            rig.start();
            try (WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
                failing.probesGet(503);
                millisUntil(rig, 0, Health.UNHEALTHY);
                TimeUnit.MILLISECONDS.sleep(1_000); // not at once
                session.peer().text("still there");
                assertThat(session.peer().readMessage().text()).isEqualTo("still there");
                assertThat(session.expectClose().closeCode()).isEqualTo(1001);
            }
        }
    }

    @Test
    void reloadBesideItNeitherSavesNorEndsTheSessionsOfAFailingMember() throws Exception { // WS-33
        try (EchoBackend failing = new EchoBackend("failing", "127.0.0.1", 0);
                ReloadRig rig = rig(failing.port(), failing.port())) {
            rig.members.remove(1);
            rig.probe = "\"interval\": 1, \"timeout\": 1, \"unhealthyThreshold\": 1";
            rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 1 },";
            rig.start();
            try (WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
                failing.probesGet(503);
                millisUntil(rig, 0, Health.UNHEALTHY);
                TimeUnit.MILLISECONDS.sleep(1_200); // the end is set now
                rig.unused = 1;
                assertThat(rig.reload().draining()).isZero();
                assertThat(session.expectClose().closeCode()).isEqualTo(1001);
            }
        }
    }

    @Test
    void memberWhoseProbeIsRepairedByAReloadKeepsItsSessions() throws Exception { // WS-33
        try (EchoBackend failing = new EchoBackend("failing", "127.0.0.1", 0);
                ReloadRig rig = rig(failing.port(), failing.port())) {
            rig.members.remove(1);
            rig.probe = "\"interval\": 1, \"timeout\": 1, \"unhealthyThreshold\": 1";
            rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 2 },";
            rig.start();
            try (WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
                failing.probesGet(503);
                millisUntil(rig, 0, Health.UNHEALTHY);
                failing.probesGet(200);
                rig.probe =
                        "\"interval\": 2, \"timeout\": 1, \"unhealthyThreshold\": 1"; // another upstream from now on
                rig.reload();
                millisUntil(rig, 0, Health.HEALTHY);
                TimeUnit.MILLISECONDS.sleep(3_000);
                session.peer().text("still there");
                assertThat(session.peer().readMessage().text()).isEqualTo("still there");
            }
        }
    }

    @Test
    void sessionsOfAMemberThatRecoversInTimeAreKept() throws Exception { // WS-33
        try (EchoBackend failing = new EchoBackend("failing", "127.0.0.1", 0);
                ReloadRig rig = rig(failing.port(), failing.port())) {
            rig.members.remove(1);
            rig.probe = "\"interval\": 1, \"timeout\": 1, \"unhealthyThreshold\": 1";
            rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 3 },";
            rig.start();
            try (WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: main.test")) {
                failing.probesGet(503);
                millisUntil(rig, 0, Health.UNHEALTHY);
                failing.probesGet(200);
                millisUntil(rig, 0, Health.HEALTHY);
                TimeUnit.MILLISECONDS.sleep(4_000); // nothing comes of it
                session.peer().text("still there");
                assertThat(session.peer().readMessage().text()).isEqualTo("still there");
            }
        }
    }
}
