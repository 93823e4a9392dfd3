package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.LoadDistributionPolicy.Algorithm;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import dev.gatehouse.upstream.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** REQ-36, CFG 4.16: the members of several pools as one set; what they have in flight is counted exactly. */
@Timeout(60)
class DistributionTrafficTest {
    private final ForwardHarness.Settings settings = new ForwardHarness.Settings();
    private RecordingBackend first;
    private RecordingBackend second;

    @BeforeEach
    void start() throws Exception {
        first = new RecordingBackend();
        second = new RecordingBackend();
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
    }

    private ForwardHarness spread(Algorithm algorithm, int... weights) throws Exception {
        settings.algorithm = algorithm;
        settings.weights = weights;
        return new ForwardHarness(settings, new int[] {first.port()}, new int[] {second.port()});
    }

    @Test
    void requestsFollowTheWeights() throws Exception {
        try (ForwardHarness gateway = spread(Algorithm.ROUND_ROBIN, 9, 1)) {
            get(gateway, "/", 40);
            assertThat(first.recorded()).isEqualTo(36);
            assertThat(second.recorded()).isEqualTo(4);
        }
    }

    @Test // PRB-1: one unit of probing for both
    void plainTargetOfTheSamePairSharesItsMembers() throws Exception {
        try (ForwardHarness gateway = spread(Algorithm.ROUND_ROBIN, 1, 1)) {
            gateway.become(0, Health.UNHEALTHY);
            get(gateway, "/", 4);
            assertThat(second.recorded()).isEqualTo(4);
            assertThat(status(gateway, "/plain/")).isEqualTo(502);
            gateway.become(0, Health.HEALTHY);
            get(gateway, "/", 4);
            get(gateway, "/plain/", 2);
            assertThat(first.recorded()).isEqualTo(4);
            assertThat(second.recorded()).isEqualTo(6);
        }
    }

    @Test
    void requestsGoToWhoeverHasLeastToDo() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        first.answers(request -> {
            held.await();
            request.ok("late");
        });
        try (ForwardHarness gateway = spread(Algorithm.LEAST_CONNECTIONS, 1, 1);
                Wire busy = Wire.connect(gateway.port())) {
            busy.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
            first.take();
            assertThat(gateway.member(0).inFlight()).isEqualTo(1);
            for (int i = 0; i < 6; i++) {
                get(gateway, "/", 1);
                awaitIdle(gateway, 1); // the answer is there a moment before the request is over
            }
            assertThat(first.recorded()).isZero();
            assertThat(second.recorded()).isEqualTo(6);
            held.countDown();
            assertThat(busy.readFinalHead().status()).isEqualTo(200);
            awaitIdle(gateway);
        }
    }

    @Test // sessions count like requests
    void sessionsAreInFlightUntilTheyEnd() throws Exception {
        for (RecordingBackend backend : List.of(first, second)) {
            backend.answers(request -> {
                if (request.head().value("Upgrade").isEmpty()) {
                    request.ok("ok");
                } else {
                    request.wire().write(WebSocketWire.acceptance(request, ""));
                    request.wire().endsWithin(30_000);
                }
            });
        }
        try (ForwardHarness gateway = spread(Algorithm.LEAST_CONNECTIONS, 1, 1);
                WebSocketWire session = WebSocketWire.open(Wire.connect(gateway.port()), "/", "a.example", "")) {
            assertThat(gateway.member(0).inFlight()).isEqualTo(1);
            for (int i = 0; i < 3; i++) {
                get(gateway, "/", 1);
                awaitIdle(gateway, 1);
            }
            assertThat(second.recorded()).isEqualTo(3);
            session.wire().reset();
            awaitIdle(gateway);
        }
    }

    @Test
    void backendThatEndsItsSessionsHasNothingInFlight() throws Exception {
        first.answers(request -> {
            request.wire().write(WebSocketWire.acceptance(request, ""));
            request.wire().reset();
        });
        second.answers(request -> request.answer("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"));
        try (ForwardHarness gateway = spread(Algorithm.ROUND_ROBIN, 1, 1)) {
            for (int i = 0; i < 10; i++) {
                try (Wire wire = Wire.connect(gateway.port())) {
                    wire.write(WebSocketWire.handshake("/", "a.example", ""));
                    assertThat(wire.readFinalHead().status()).isIn(101, 403);
                }
            }
            awaitIdle(gateway);
        }
    }

    @Test // a client that leaves in the middle of an answer
    void clientThatLeavesIsNotCountedForEver() throws Exception {
        first.answers(request -> {
            request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            for (int i = 0; i < 1_000; i++) {
                request.wire().write("x".repeat(100_000));
            }
        });
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port())) {
            try (Wire wire = Wire.connect(gateway.port())) {
                wire.write("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
                wire.readFinalHead();
                assertThat(gateway.member(0).inFlight()).isEqualTo(1);
                wire.reset();
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(gateway.member(0).inFlight()).isZero());
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void lostMemberOfAPolicyFailsNobody(Algorithm algorithm) throws Exception {
        first.stop();
        try (ForwardHarness gateway = spread(algorithm, 3, 1)) {
            get(gateway, "/", 10);
            assertThat(second.recorded()).isEqualTo(10);
            awaitIdle(gateway);
        }
    }

    @Test // REQ-34: the name of this machine has at least one address, and the member is found under it
    void memberKnownByNameIsReached() throws Exception {
        settings.addresses = new AddressMap(List.of(
                new AddressMap.Entry("127.0.0.1:" + first.port(), new BackendAddress("localhost", first.port()))));
        try (ForwardHarness gateway = ForwardHarness.to(settings, first.port())) {
            get(gateway, "/", 3);
            assertThat(first.recorded()).isEqualTo(3);
            first.answers(request -> request.answer("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"));
            try (Wire wire = Wire.connect(gateway.port())) {
                wire.write(WebSocketWire.handshake("/", "a.example", ""));
                assertThat(wire.readFinalHead().status()).isEqualTo(403);
            }
        }
    }

    private static void get(ForwardHarness gateway, String path, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(status(gateway, path)).isEqualTo(200);
        }
    }

    private static int status(ForwardHarness gateway, String path) throws IOException {
        try (Wire wire = Wire.connect(gateway.port())) {
            wire.write("GET " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n");
            return wire.readFinalHead().status();
        }
    }

    private static void awaitIdle(ForwardHarness gateway) {
        awaitIdle(gateway, 0);
        awaitIdle(gateway, 1);
    }

    private static void awaitIdle(ForwardHarness gateway, int member) {
        await().atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(
                        () -> assertThat(gateway.member(member).inFlight()).isZero());
    }
}
