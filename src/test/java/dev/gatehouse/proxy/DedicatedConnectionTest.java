package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.Wire;
import dev.gatehouse.upstream.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** REQ-44: one backend connection for each client connection, never shared, ended with it. */
@Timeout(60)
class DedicatedConnectionTest {
    private final ForwardHarness.Settings settings = new ForwardHarness.Settings();
    private RecordingBackend first;
    private RecordingBackend second;

    @BeforeEach
    void start() throws Exception {
        first = new RecordingBackend();
        second = new RecordingBackend();
        settings.dedicated = true;
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
    }

    @Test
    void requestsOfOneClientConnectionShareOneBackendConnection() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port());
                Wire one = Wire.connect(gateway.port());
                Wire two = Wire.connect(gateway.port())) {
            for (int i = 0; i < 6; i++) {
                assertThat(get(one).status()).isEqualTo(200);
                assertThat(get(two).status()).isEqualTo(200);
            }
            assertThat(connections(first, 6)).hasSize(1); // and so one member each
            assertThat(connections(second, 6)).hasSize(1);
        }
    }

    @Test // an identity that a backend bound to a connection must not meet another client
    void connectionIsNeverHandedToAnotherClient() throws Exception {
        Set<Integer> seen = new HashSet<>();
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port())) {
            for (int client = 0; client < 20; client++) {
                try (Wire wire = Wire.connect(gateway.port())) {
                    get(wire);
                    get(wire);
                    Set<Integer> own = connections(first, 2);
                    assertThat(own).hasSize(1);
                    assertThat(seen.addAll(own)).isTrue();
                }
            }
        }
    }

    @Test
    void manyClientsAtOnceAreKeptApart() throws Exception {
        first.answers(request -> request.ok(request.connection() + ""));
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port())) {
            List<Future<Set<String>>> all = new ArrayList<>();
            for (int client = 0; client < 16; client++) {
                all.add(clients.submit(() -> {
                    Set<String> own = new HashSet<>();
                    try (Wire wire = Wire.connect(gateway.port())) {
                        for (int i = 0; i < 50; i++) {
                            own.add(text(wire));
                        }
                    }
                    return own;
                }));
            }
            Set<String> seen = new HashSet<>();
            for (Future<Set<String>> each : all) {
                assertThat(each.get(30, TimeUnit.SECONDS)).hasSize(1).allMatch(seen::add);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void endOfTheClientsConnectionEndsTheBackends() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port())) {
            Wire wire = Wire.connect(gateway.port());
            get(wire);
            Wire backend = first.take().wire();
            assertThat(backend.isClosed()).isFalse();
            wire.close();
            await().atMost(Duration.ofSeconds(10)).until(backend::isClosed);
        }
    }

    @Test // the fallback for containers that tell no end: no client's connection rests longer than this
    void connectionThatRestsTooLongEnds() throws Exception {
        settings.clientsIdle = Duration.ofMillis(500);
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port());
                Wire wire = Wire.connect(gateway.port())) {
            get(wire);
            Received received = first.take();
            await().atMost(Duration.ofSeconds(10)).until(received.wire()::isClosed);
            assertThat(get(wire).status()).isEqualTo(200);
            assertThat(first.take().connection()).isGreaterThan(received.connection());
        }
    }

    @Test // nothing was sent, so any method may use a new one
    void connectionThatTheBackendEndedIsReplaced() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port());
                Wire wire = Wire.connect(gateway.port())) {
            get(wire);
            first.dropConnections();
            Thread.sleep(1_200); // what has rested for a second is looked at first
            wire.write("POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\n\r\nbody");
            assertThat(wire.readFinalHead().status()).isEqualTo(200);
        }
    }

    @Test
    void memberThatMayNotServeIsLeft() throws Exception {
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port());
                Wire wire = Wire.connect(gateway.port())) {
            get(wire);
            gateway.become(0, Health.DRAINING);
            get(wire);
            assertThat(connections(first, 2)).hasSize(1);
            gateway.become(0, Health.UNHEALTHY);
            get(wire);
            assertThat(second.recorded()).isEqualTo(1);
        }
    }

    @Test // REQ-35: a cookie is the clearer word
    void cookieWinsOverTheConnection() throws Exception {
        settings.affinity = new CookieAffinity(true, "A");
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port(), second.port());
                Wire other = Wire.connect(gateway.port());
                Wire wire = Wire.connect(gateway.port())) {
            get(other);
            String cookie = get(wire).values("Set-Cookie").get(1).split(";", 2)[0];
            assertThat(second.recorded()).isEqualTo(1);
            other.write("GET / HTTP/1.1\r\nHost: a.example\r\nCookie: " + cookie + "\r\n\r\n");
            other.readAnswerBody(other.readFinalHead(), "GET");
            assertThat(second.recorded()).isEqualTo(2);
        }
    }

    @Test
    void stoppedGatewayLeavesNoConnection() throws Exception {
        Received received;
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port());
                Wire wire = Wire.connect(gateway.port())) {
            get(wire);
            received = first.take();
        }
        await().atMost(Duration.ofSeconds(10)).until(received.wire()::isClosed);
    }

    private static Head get(Wire wire) throws IOException {
        wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        Head head = wire.readFinalHead();
        wire.readAnswerBody(head, "GET");
        return head;
    }

    private static String text(Wire wire) throws IOException {
        wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        return new String(wire.readAnswerBody(wire.readFinalHead(), "GET"), ISO_8859_1);
    }

    private static Set<Integer> connections(RecordingBackend backend, int requests) throws InterruptedException {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < requests; i++) {
            numbers.add(backend.take().connection());
        }
        assertThat(backend.recorded()).isZero();
        return numbers;
    }
}
