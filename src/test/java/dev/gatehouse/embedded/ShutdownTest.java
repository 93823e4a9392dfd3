package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.Sockets;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order in which a gateway ends: no new client, goodbye to sessions, requests to their end, all within one limit. */
@Timeout(60)
class ShutdownTest {
    private final SwitchedApplication application = new SwitchedApplication();
    private final int port = Samples.freePort();
    private GatewayServer server;

    @AfterEach
    void stop() {
        application.release.countDown();
        server.close();
    }

    @Test
    void sessionsAreToldAtOnceWhileARequestFinishesAndTheAdminAddressAnswersUntilTheEnd() throws Exception {
        start(Duration.ofSeconds(20));
        int admin = adminPort();
        try (Wire session = upgraded();
                Wire slow = slow();
                Wire kept = Wire.connect(port)) {
            get(kept, "/a");
            CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);

            assertThat((char) session.read()).isEqualTo('!'); // the goodbye, long before the request is done
            assertThat(application.stops).containsExactly("begin");
            assertThatThrownBy(() -> Wire.connect(port)).isInstanceOf(ConnectException.class);
            assertThat(RawClient.get(admin, "/health")).contains("200", "admin");
            assertThat(get(kept, "/b")).isEqualTo("200 close: GET /b http HTTP/1.1"); // no 503 for who was there
            session.reset();
            assertThat(end).isNotDone();
            application.release.countDown();

            assertThat(answer(slow)).startsWith("200").endsWith("GET /slow http HTTP/1.1");
            end.get(10, TimeUnit.SECONDS);
            assertThat(application.stops).containsExactly("begin", "end");
            assertThatThrownBy(() -> Wire.connect(admin)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void handshakeThatIsUnderWayWhenTheStopBeginsEndsWithAGoodbyeToo() throws Exception {
        start(Duration.ofSeconds(20));
        try (Wire session = Wire.connect(port)) {
            session.write(
                    "GET /late-upgrade HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            assertThat(application.slowArrived.await(5, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);
            await().atMost(5, TimeUnit.SECONDS).until(() -> application.stops.contains("begin"));
            application.release.countDown();

            assertThat(session.readHead().status()).isEqualTo(101);
            assertThat((char) session.read()).isEqualTo('!'); // a paused connector would give end of stream
            session.reset();
            end.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void sessionThatDoesNotGoIsWaitedForNoLongerThanTheLimit() throws Exception {
        start(Duration.ofMillis(600));
        try (Wire session = upgraded()) {
            long began = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(600), Duration.ofSeconds(4));
            assertThat((char) session.read()).isEqualTo('!');
            assertThat(session.endsWithin(5_000)).isTrue();
        }
    }

    @Test
    void requestThatDoesNotEndIsWaitedForNoLongerThanTheLimit() throws Exception {
        start(Duration.ofMillis(600));
        try (Wire slow = slow()) {
            long began = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(600), Duration.ofSeconds(4));
            application.release.countDown();
            assertThat(slow.endsWithin(5_000)).isTrue();
        }
    }

    @Test
    void withoutTrafficItEndsAtOnceWhateverTheLimit() throws Exception {
        start(Duration.ofMinutes(10));
        try (Wire idle = Wire.connect(port)) {
            get(idle, "/a");
            long began = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void socketsThatAReloadClosedEndWithTheRest() throws Exception {
        start(Duration.ofSeconds(20));
        try (Wire session = upgraded()) {
            Sockets.Plan plan = server.sockets()
                    .plan(Samples.withAdmin(
                            new ListenAddress("127.0.0.1", 0),
                            Samples.configuration(Samples.SELF_SIGNED, Samples.http(Samples.freePort()))));
            plan.open();
            plan.commit();
            CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);

            assertThat((char) session.read()).isEqualTo('!');
            session.reset();
            end.get(10, TimeUnit.SECONDS);
            await().atMost(5, TimeUnit.SECONDS).until(() -> !hasThread(port));
        }
    }

    private void start(Duration limit) throws Exception {
        server = GatewayServer.start(
                Samples.plan(
                        Samples.endingWithin(limit, Samples.configuration(Samples.SELF_SIGNED, Samples.http(port)))),
                application::launched);
    }

    private Wire upgraded() throws IOException {
        Wire wire = Wire.connect(port);
        wire.write("GET /upgrade HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
        assertThat(wire.readHead().status()).isEqualTo(101);
        assertThat(wire.write("x").read()).isEqualTo('x');
        return wire;
    }

    private Wire slow() throws Exception {
        Wire wire = Wire.connect(port);
        wire.write("GET /slow HTTP/1.1\r\nHost: a.example\r\n\r\n");
        assertThat(application.slowArrived.await(5, TimeUnit.SECONDS)).isTrue();
        return wire;
    }

    private static String get(Wire wire, String target) throws IOException {
        return answer(wire.write("GET " + target + " HTTP/1.1\r\nHost: a.example\r\n\r\n"));
    }

    private static String answer(Wire wire) throws IOException {
        Head head = wire.readFinalHead();
        String body = new String(wire.readAnswerBody(head, "GET"), US_ASCII);
        return head.status() + " " + head.value("Connection") + ": " + body;
    }

    private int adminPort() {
        return Integer.parseInt(server.adminUrl().orElseThrow().replaceAll(".*:(\\d+)/", "$1"));
    }

    private static boolean hasThread(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().endsWith("-" + port + "-Poller"));
    }
}
