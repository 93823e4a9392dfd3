package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.admin.ReloadReport;
import dev.gatehouse.admin.ReloadReport.Result;
import dev.gatehouse.testkit.EchoBackend;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketPeer;
import dev.gatehouse.testkit.WebSocketRecorder;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config-model.md section 9, REQ-37, WS-33, PRB-15: another configuration while traffic goes on. */
class ReloadTest {
    @TempDir
    Path directory;

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    private EchoBackend backend(String name, int last) throws IOException {
        EchoBackend backend = new EchoBackend(name, "127.0.0." + last, 0);
        closing.add(backend);
        return backend;
    }

    /** One gateway with these backends as members 10.0.0.1, 10.0.0.2 and so on. */
    private ReloadRig rig(EchoBackend... backends) {
        String[] members = new String[backends.length];
        StringBuilder map = new StringBuilder("\"addresses\": {");
        for (int i = 0; i < backends.length; i++) {
            members[i] = "10.0.0." + (i + 1);
            map.append(i == 0 ? "" : ",")
                    .append("\"10.0.0.")
                    .append(i + 1)
                    .append("\": \"127.0.0.")
                    .append(i + 1);
            map.append(':').append(backends[i].port()).append('"');
        }
        ReloadRig rig = new ReloadRig(directory, members);
        rig.local = map + "}";
        closing.add(0, rig);
        return rig;
    }

    private static String get(Wire wire, String more) throws IOException {
        wire.write("GET / HTTP/1.1\r\nHost: main.test\r\n" + more + "\r\n");
        Head head = wire.readHead();
        return head.status() + " " + new String(wire.readAnswerBody(head, "GET"), StandardCharsets.US_ASCII);
    }

    private WebSocketRecorder session(ReloadRig rig, String host) throws IOException {
        WebSocketRecorder session = WebSocketRecorder.open(rig.port, "/", "Host: " + host);
        closing.add(0, session);
        return session;
    }

    private static void echoes(WebSocketRecorder session) throws IOException {
        session.peer().text("still there");
        assertThat(session.peer().readMessage().text()).isEqualTo("still there");
    }

    @Test
    void unrelatedChangeTouchesNeitherSessionsNorConnectionsNorHealth() throws Exception { // PRB-15
        EchoBackend echo = backend("a", 1);
        ReloadRig rig = rig(echo).start();
        WebSocketRecorder open = session(rig, "main.test");
        Wire kept = Wire.connect(rig.port);
        closing.add(0, kept);
        assertThat(get(kept, "")).isEqualTo("200 a");
        rig.hosts.add("other");
        rig.unused = 3;
        ReloadReport report = rig.reload();
        assertThat(report.result()).isEqualTo(Result.RELOADED);
        assertThat(report.generation()).isEqualTo(2);
        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.draining()).isZero();
        assertThat(report.why()).isEmpty();
        assertThat(report.changes()).anyMatch(line -> line.contains("other"));
        echoes(open);
        assertThat(get(kept, "")).isEqualTo("200 a");
        echoes(session(rig, "other.test"));
        echoes(open);
    }

    @Test
    void whatTheFilesSaidAlreadyChangesNothing() throws Exception {
        ReloadRig rig = rig(backend("a", 1)).start();
        ReloadReport report = rig.reload();
        assertThat(report.result()).isEqualTo(Result.UNCHANGED);
        assertThat(report.generation()).isEqualTo(1);
    }

    @Test
    void refusedConfigurationChangesNothingAndTellsEveryProblem() throws Exception {
        ReloadRig rig = rig(backend("a", 1)).start();
        WebSocketRecorder open = session(rig, "main.test");
        ReloadReport report = rig.reloadRaw("""
                { "httpListeners": [ { "name": "l", "properties": { "protocol": "Http",
                    "frontendIPConfiguration": { "id": "frontendIPConfigurations/none" },
                    "frontendPort": { "id": "frontendPorts/nowhere" } } } ] }
                """);
        assertThat(report.result()).isEqualTo(Result.REFUSED);
        assertThat(report.generation()).isEqualTo(1);
        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.problems()).anyMatch(problem -> problem.message().contains("nowhere"));
        assertThat(report.problems()).anyMatch(problem -> problem.message().contains("none"));
        echoes(open);
        try (Wire wire = Wire.connect(rig.port)) {
            assertThat(get(wire, "")).isEqualTo("200 a");
        }
        assertThat(rig.reload().result()).isEqualTo(Result.UNCHANGED);
    }

    @Test
    void onlySessionsOfARemovedMemberEndSpreadOverTheWindow() throws Exception { // REQ-37, WS-33
        EchoBackend a = backend("a", 1);
        EchoBackend b = backend("b", 2);
        ReloadRig rig = rig(a, b);
        rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 4 },";
        rig.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> bothServe(rig));
        List<WebSocketRecorder> open = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            open.add(session(rig, "main.test"));
        }
        assertThat(a.sessions()).isEqualTo(20);
        rig.members.remove("10.0.0.2");
        long start = System.nanoTime();
        ReloadReport report = rig.reload();
        assertThat(report.kept()).isEqualTo(20);
        assertThat(report.draining()).isEqualTo(20);
        assertThat(report.why()).containsExactly("20: member 10.0.0.2:1 was removed from pool live");
        try (Wire wire = Wire.connect(rig.port)) {
            for (int i = 0; i < 4; i++) {
                assertThat(get(wire, "")).isEqualTo("200 a");
            }
        }
        await().atMost(Duration.ofMillis(1_900))
                .pollDelay(Duration.ofMillis(1_200))
                .until(() -> b.sessions() == 20);
        await().atMost(Duration.ofSeconds(2)).until(() -> b.sessions() < 20);
        assertThat(b.sessions()).as("not all at once").isPositive();
        await().atMost(Duration.ofSeconds(4)).until(() -> b.sessions() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
        assertThat(a.sessions()).isEqualTo(20);
        int told = 0;
        for (WebSocketRecorder each : open) {
            each.peer().text("still there");
            WebSocketPeer.Frame frame = each.peer().read();
            if (frame.opcode() == WebSocketPeer.CLOSE) {
                assertThat(frame.closeCode()).isEqualTo(1001);
                assertThat(frame.closeReason()).isEqualTo("gateway configuration changed");
                told++;
            } else {
                assertThat(frame.text()).isEqualTo("still there");
            }
        }
        assertThat(told).isEqualTo(20);
    }

    private static boolean bothServe(ReloadRig rig) throws IOException {
        try (Wire wire = Wire.connect(rig.port)) {
            return !get(wire, "").equals(get(wire, ""));
        }
    }

    @Test
    void memberThatComesBackInTimeKeepsItsSessions() throws Exception {
        ReloadRig rig = rig(backend("a", 1), backend("b", 2));
        rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 2 },";
        rig.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> bothServe(rig));
        WebSocketRecorder first = session(rig, "main.test");
        WebSocketRecorder second = session(rig, "main.test");
        rig.members.remove("10.0.0.2");
        assertThat(rig.reload().draining()).isEqualTo(1);
        rig.members.add("10.0.0.2");
        ReloadReport report = rig.reload();
        assertThat(report.draining()).isZero();
        assertThat(report.kept()).isEqualTo(2);
        new CountDownLatch(1).await(2_600, TimeUnit.MILLISECONDS); // nothing ends meanwhile
        echoes(first);
        echoes(second);
        assertThat(bothServe(rig)).isTrue();
    }

    @Test
    void sessionsOfARemovedListenerAndRuleEnd() throws Exception { // WS-33
        ReloadRig rig = rig(backend("a", 1));
        rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 1 },";
        rig.hosts.add("other");
        rig.start();
        WebSocketRecorder main = session(rig, "main.test");
        WebSocketRecorder other = session(rig, "other.test");
        rig.hosts.remove("other");
        ReloadReport report = rig.reload();
        assertThat(report.why()).containsExactly("1: listener other was removed");
        assertThat(other.expectClose().closeCode()).isEqualTo(1001);
        echoes(main);
    }

    @Test
    void changedProbeIsAskedBeforeItCountsSoNoRequestFails() throws Exception {
        EchoBackend a = backend("a", 1);
        ReloadRig rig = rig(a).start();
        try (Wire wire = Wire.connect(rig.port)) {
            for (int i = 0; i < 5; i++) {
                rig.probe = "\"interval\": " + (2 + i) + ", \"timeout\": 1, \"unhealthyThreshold\": 3";
                assertThat(rig.reload().result()).isEqualTo(Result.RELOADED);
                assertThat(get(wire, "")).isEqualTo("200 a");
            }
        }
    }

    @Test
    void requestsOfARemovedMemberFinishAndEndlessOnesAreCut() throws Exception { // REQ-37
        RecordingBackend slow = new RecordingBackend();
        closing.add(slow);
        ReloadRig rig = rig(backend("a", 1));
        rig.local = "\"addresses\": { \"10.0.0.1\": \"127.0.0.1:" + slow.port() + "\", \"10.0.0.2\": \"127.0.0.1:"
                + backend("b", 1).port() + "\" }";
        rig.settings = "\"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 2 },";
        CountDownLatch answerNow = new CountDownLatch(1);
        slow.answers(request -> {
            if (request.head().target().equals("/endless")) {
                request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");
                request.wire().endsWithin(10_000);
            } else if (request.head().target().equals("/slow")) {
                answerNow.await();
                request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
            } else {
                request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
        rig.start();
        Wire finishing = Wire.connect(rig.port);
        Wire endless = Wire.connect(rig.port);
        closing.add(0, finishing);
        closing.add(0, endless);
        finishing.write("GET /slow HTTP/1.1\r\nHost: main.test\r\n\r\n");
        endless.write("GET /endless HTTP/1.1\r\nHost: main.test\r\n\r\n");
        assertThat(endless.readHead().status()).isEqualTo(200);
        assertThat(endless.readBytes(5)).isEqualTo("begun".getBytes(StandardCharsets.US_ASCII));
        rig.members.set(0, "10.0.0.2");
        ReloadReport report = rig.reload();
        assertThat(report.draining()).isEqualTo(2);
        answerNow.countDown();
        Head head = finishing.readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(finishing.readAnswerBody(head, "GET")).isEqualTo("done".getBytes(StandardCharsets.US_ASCII));
        assertThat(get(finishing, "")).isEqualTo("200 b");
        assertThat(endless.endsWithin(5_000)).isTrue();
    }

    @Test
    void boundClientStillReachesADrainingMember() throws Exception { // REQ-35
        ReloadRig rig = rig(backend("a", 1), backend("b", 2));
        rig.settings = "\"cookieBasedAffinity\": \"Enabled\","
                + " \"connectionDraining\": { \"enabled\": true, \"drainTimeoutInSec\": 3 },";
        rig.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> bothServe(rig));
        try (Wire wire = Wire.connect(rig.port)) {
            String cookie = "";
            for (String name = ""; !name.equals("200 b"); ) {
                wire.write("GET / HTTP/1.1\r\nHost: main.test\r\n\r\n");
                Head head = wire.readHead();
                name = head.status() + " " + new String(wire.readAnswerBody(head, "GET"), StandardCharsets.US_ASCII);
                cookie = "Cookie: " + head.values("Set-Cookie").get(1).replaceFirst(";.*", "") + "\r\n";
            }
            rig.members.remove("10.0.0.2");
            rig.reload();
            assertThat(get(wire, cookie)).isEqualTo("200 b");
            assertThat(get(wire, "")).isEqualTo("200 a");
            String last = cookie;
            await().atMost(Duration.ofSeconds(6)).until(() -> get(wire, last).equals("200 a"));
        }
    }

    @Test
    void changedFileIsReadByItself() throws Exception {
        ReloadRig rig = rig(backend("a", 1)).start();
        try (Wire wire = Wire.connect(rig.port)) {
            rig.hosts.add("late");
            rig.write();
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                wire.write("GET / HTTP/1.1\r\nHost: late.test\r\n\r\n");
                Head head = wire.readHead();
                wire.readAnswerBody(head, "GET");
                return head.status() == 200;
            });
        }
    }
}
