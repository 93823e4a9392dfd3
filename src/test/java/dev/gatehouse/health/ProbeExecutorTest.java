package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.StatusRange;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.HealthRules;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamListener;
import dev.gatehouse.upstream.UpstreamPool;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PRB-1 to PRB-16 over real sockets. */
class ProbeExecutorTest {
    private static final ProbeMatch ANY = ProbeMatch.DEFAULT;

    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final List<ProbeExecutor> executors = new CopyOnWriteArrayList<>();
    private final TestPools pools = new TestPools();

    ProbeExecutorTest() {
        pools.listener = new UpstreamListener() {
            @Override
            public void healthChanged(UpstreamPool pool, Upstream upstream, Health before, String cause) {
                changes.add(before.azureName() + " -> " + upstream.health().azureName() + ": " + cause);
            }

            @Override
            public void membersChanged(UpstreamPool pool) {
                executors.forEach(executor -> executor.changed(pool));
            }
        };
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    @Test
    void oneSuccessTakesAMemberInAndOnlyTheThresholdTakesItOut() throws Exception { // PRB-10
        ProbeBackend backend = backend(ProbeBackend.status(200));
        UpstreamPool pool = start(backend, timing(40, 3), ANY);
        assertThat(nextChange()).isEqualTo("Unknown -> Healthy: Success. Received 200 status code");
        assertThat(pool.select("")).isPresent();
        backend.now(ProbeBackend.status(503));
        assertThat(nextChange())
                .startsWith("Healthy -> Unhealthy: 3 failed probes in a row (unhealthyThreshold 3). Last: Received"
                        + " invalid status code: 503 in the backend server's HTTP response. Expected 200-399 from"
                        + " 127.0.0.1:" + backend.port() + "/ (Host p.test).");
        assertThat(pool.select("")).isEmpty();
        backend.now(ProbeBackend.status(204));
        assertThat(nextChange()).isEqualTo("Unhealthy -> Healthy: Success. Received 204 status code");
        assertThat(changes).isEmpty();
    }

    @Test
    void firstFailureTakesAnUnknownMemberOut() throws Exception { // PRB-10
        start(backend(ProbeBackend.status(500)), timing(60_000, 3), ANY);
        assertThat(nextChange()).startsWith("Unknown -> Unhealthy: The first probe failed. Received invalid status");
    }

    @Test
    void v1AsksAgainSoonAfterAFailureAndOnlyThen() throws Exception { // PRB-10
        pools.rules = new HealthRules(false, true);
        List<Long> starts = new CopyOnWriteArrayList<>();
        ProbeBackend backend = backend(ProbeBackend.status(200));
        start(backend, timing(4_000, 3), ANY);
        assertThat(nextChange()).startsWith("Unknown -> Healthy");
        backend.now(ProbeBackend.status(503));
        assertThat(nextChange()).startsWith("Healthy -> Unhealthy: 3 failed probes in a row");
        starts.addAll(backend.starts);
        assertThat(starts).hasSize(4); // the failed ones follow each other within a second, not four
        assertThat(starts.get(3) - starts.get(1)).isBetween(1_900_000_000L, 3_500_000_000L);
        Thread.sleep(1_500); // an unhealthy member is asked at the old pace
        assertThat(backend.starts).hasSize(4);
    }

    @Test
    void optimisticStartGivesTrafficToAMemberThatHasNotAnswered() throws Exception { // PRB-11
        ProbeBackend silent = backend(out -> new CountDownLatch(1).await());
        UpstreamPool careful = pools.of(member(silent));
        pools.rules = new HealthRules(true, false);
        pools.probe = TestPools.probe("p.test", "/", TestPools.timing(60_000, 500, 3), ANY);
        UpstreamPool pool = pools.of(member(silent));
        assertThat(careful.select("")).isEmpty();
        assertThat(pool.select("")).isPresent();
        run(pool);
        assertThat(nextChange()).startsWith("Unknown -> Unhealthy: The first probe failed. Time-out");
        assertThat(pool.select("")).isEmpty();
    }

    @Test
    void optimisticStartNeedsAnAddress() throws Exception { // PRB-14
        pools.rules = new HealthRules(true, false);
        UpstreamPool pool = pools.of(new BackendAddress("no-such-host.invalid", 80));
        closing.add(() -> pool.retire(false));
        assertThat(pool.select("")).isEmpty();
    }

    @Test
    void defaultProbeSendsExactlyThis() throws Exception { // PRB-4, PRB-5, PRB-7
        ProbeBackend backend = backend(ProbeBackend.status(200));
        pools.probe = null;
        run(pools.of(member(backend)));
        nextChange();
        assertThat(backend.heads.peek().split("\r\n", -1))
                .containsExactly(
                        "GET / HTTP/1.1",
                        "Host: 127.0.0.1",
                        "User-Agent: Gatehouse-Probe",
                        "Accept: */*",
                        "Connection: close",
                        "",
                        "");
    }

    @Test
    void customProbeSendsItsHostAndPathByteForByte() throws Exception { // PRB-5
        ProbeBackend backend = backend(ProbeBackend.status(200));
        pools.probe = TestPools.probe("shop.test", "/a%2Fb//c?x=1", timing(60_000, 3), ANY);
        run(pools.of(member(backend)));
        nextChange();
        assertThat(backend.heads.peek()).startsWith("GET /a%2Fb//c?x=1 HTTP/1.1\r\nHost: shop.test\r\n");
    }

    @Test
    void redirectIsHealthyAndNotFollowed() throws Exception { // PRB-7
        ProbeBackend target = backend(ProbeBackend.status(200));
        ProbeBackend backend = backend(
                ProbeBackend.text("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + target.port() + "/\r\n\r\n"));
        start(backend, timing(40, 3), ANY);
        assertThat(nextChange()).isEqualTo("Unknown -> Healthy: Success. Received 302 status code");
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.heads.size() >= 3);
        assertThat(target.heads).isEmpty();
    }

    @Test
    void refusedConnectionIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        pools.probe = TestPools.probe("p.test", "/", timing(60_000, 3), ANY);
        run(pools.of(new BackendAddress("127.0.0.1", port)));
        assertThat(nextChange()).endsWith("No TCP connection to 127.0.0.1:" + port + ": connection refused.");
    }

    @Test
    void silentBackendRunsIntoTheTimeOut() throws Exception { // PRB-7
        ProbeBackend backend = backend(out -> new CountDownLatch(1).await());
        start(backend, TestPools.timing(60_000, 1_000, 3), ANY);
        assertThat(nextChange())
                .endsWith("Time-out: 127.0.0.1:" + backend.port()
                        + " took the connection but sent no complete response head within the probe's time-out of"
                        + " 1.0 s.");
    }

    @Test
    void trickleOfHeaderBytesDoesNotExtendTheTimeOut() throws Exception { // PRB-7: one deadline
        ProbeBackend backend = backend(out -> {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.ISO_8859_1));
            trickle(out::write);
        });
        start(backend, TestPools.timing(60_000, 1_000, 3), ANY);
        assertThat(nextChange()).contains("sent no complete response head within the probe's time-out of 1.0 s.");
    }

    @Test
    void slowBodyIsNotWaitedForUnlessItIsMatched() throws Exception { // PRB-7
        ProbeBackend.Script slowBody = out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            trickle(out::write);
        };
        start(backend(slowBody), TestPools.timing(60_000, 1_000, 3), ANY);
        assertThat(nextChange()).startsWith("Unknown -> Healthy");
        start(backend(slowBody), TestPools.timing(60_000, 1_000, 3), new ProbeMatch(List.of(), "ready"));
        assertThat(nextChange()).contains("sent a response head but not the end of the body within");
    }

    @Test
    void bodyIsMatchedWhicheverWayItIsFramed() throws Exception { // PRB-9
        ProbeMatch ready = new ProbeMatch(List.of(new StatusRange(503, 503)), "naïve");
        start(
                backend(ProbeBackend.text(String.join(
                        "\r\n",
                        "HTTP/1.1 503 x",
                        "Content-Type: text/plain; charset=ISO-8859-1",
                        "Transfer-Encoding: chunked",
                        "",
                        "3",
                        "na\u00ef",
                        "2",
                        "ve",
                        "0",
                        "",
                        ""))),
                timing(60_000, 3),
                ready);
        assertThat(nextChange()).isEqualTo("Unknown -> Healthy: Success. Received 503 status code");
        start(
                backend(out -> out.write("HTTP/1.1 503 x\r\n\r\nso naïve".getBytes(StandardCharsets.UTF_8))),
                timing(60_000, 3),
                ready);
        assertThat(nextChange()).startsWith("Unknown -> Healthy");
        start(backend(ProbeBackend.text("HTTP/1.1 503 x\r\nContent-Length: 5\r\n\r\nNAIVE")), timing(60_000, 3), ready);
        assertThat(nextChange()).contains("(status 503) does not contain the text \"naïve\" in the 5 bytes read");
    }

    @Test
    void nothingBeyond64KibOfBodyIsRead() throws Exception { // PRB-9
        byte[] page = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        AtomicLong sent = new AtomicLong();
        ProbeBackend backend = backend(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(page);
            out.write("ready".getBytes(StandardCharsets.US_ASCII));
            while (true) { // ends when the probe hangs up
                out.write(page);
                sent.addAndGet(page.length);
            }
        });
        start(backend, TestPools.timing(60_000, 5_000, 3), new ProbeMatch(List.of(), "ready"));
        assertThat(nextChange()).contains("in the 65536 bytes read (limit 65536)");
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.open.get() == 0);
        assertThat(sent.get()).isLessThan(32L * 1024 * 1024); // what the system's buffers hold, not more
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n\r\n\r\n", "", "HTTP/1.1 2"})
    void backendThatSpeaksNoHttpOrHangsUpIsOut(String answer) throws Exception {
        start(backend(ProbeBackend.text(answer)), timing(60_000, 3), ANY);
        assertThat(nextChange()).startsWith("Unknown -> Unhealthy").containsAnyOf("not HTTP/1.1", "closed", "broke");
    }

    @Test
    void unresolvableNameStaysUnknownAndTakesNoTraffic() throws Exception { // PRB-14
        ProbeBackend backend = backend(ProbeBackend.status(200));
        pools.probe = TestPools.probe("p.test", "/", timing(60_000, 3), ANY);
        pools.port = backend.port();
        UpstreamPool pool =
                pools.of(new BackendAddress("no-such-host.invalid", null), new BackendAddress("localhost", null));
        try (ProbeExecutor executor = run(pool)) {
            assertThat(executor.awaitFirstRound(List.of(pool), Duration.ofSeconds(5)))
                    .isTrue();
        }
        assertThat(nextChange()).startsWith("Unknown -> Healthy");
        assertThat(changes).isEmpty();
        assertThat(pool.members().get(0).health()).isEqualTo(Health.UNKNOWN);
        assertThat(pool.select("")).contains(pool.members().get(1));
    }

    @Test
    void neverTwoProbesOfOneMemberAtOnceAndNeverSoonerThanTheInterval() throws Exception { // PRB-12
        AtomicInteger number = new AtomicInteger();
        AtomicInteger waiting = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ProbeBackend backend = backend(out -> {
            most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            if (number.incrementAndGet() % 2 == 0) {
                new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS); // slower than the interval
            }
            waiting.decrementAndGet();
            ProbeBackend.status(200).answer(out);
        });
        start(backend, timing(100, 3), ANY);
        await().atMost(Duration.ofSeconds(10)).until(() -> backend.starts.size() >= 8);
        assertThat(most.get()).isEqualTo(1);
        List<Long> starts = new ArrayList<>(backend.starts);
        // Seven intervals; the accepting thread may see the first start late, so leave it room.
        assertThat(Duration.ofNanos(starts.get(7) - starts.get(0))).isGreaterThan(Duration.ofMillis(600));
    }

    @Test
    void readyComesWithTheFirstRound() throws Exception { // PRB-11
        ProbeBackend good = backend(ProbeBackend.status(200));
        ProbeBackend silent = backend(out -> new CountDownLatch(1).await());
        pools.probe = TestPools.probe("p.test", "/", timing(60_000, 3), ANY);
        List<UpstreamPool> probed =
                List.of(pools.of(member(good)), pools.of(member(good), new BackendAddress("127.0.0.2", good.port())));
        ProbeExecutor executor = run(probed.toArray(UpstreamPool[]::new));
        assertThat(executor.awaitFirstRound(probed, Duration.ofSeconds(5))).isTrue();
        assertThat(executor.isReady()).isTrue();
        assertThat(good.heads).hasSize(3); // PRB-1: once for each pair and member
        pools.probe = TestPools.probe("p.test", "/", TestPools.timing(60_000, 60_000, 3), ANY);
        UpstreamPool asked = pools.of(member(silent));
        ProbeExecutor waiting = run(asked);
        assertThat(waiting.awaitFirstRound(List.of(asked), Duration.ofMillis(50)))
                .isFalse();
        assertThat(waiting.isReady()).isFalse();
    }

    @Test
    void readyComesAfterFiveSecondsAtTheLatest() throws Exception { // PRB-11
        AtomicLong clock = new AtomicLong(-1_000);
        ProbeBackend silent = backend(out -> new CountDownLatch(1).await());
        pools.probe = TestPools.probe("p.test", "/", TestPools.timing(60_000, 60_000, 3), ANY);
        ProbeExecutor executor = new ProbeExecutor(clock::get);
        closing.add(executor);
        assertThat(executor.isReady()).isFalse();
        executor.start(List.of(pools.of(member(silent))));
        clock.addAndGet(Duration.ofMillis(4_999).toNanos());
        assertThat(executor.isReady()).isFalse();
        clock.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(executor.isReady()).isTrue();
    }

    @Test
    void fiveHundredMembersShareTwoThreadsAndNoneOutlivesClose() throws Exception { // PRB-12
        ProbeBackend backend = backend(ProbeBackend.status(200));
        pools.probe = TestPools.probe("p.test", "/", timing(1_000, 3), ANY);
        List<BackendAddress> members = new ArrayList<>(IntStream.range(0, 499)
                .mapToObj(i -> new BackendAddress("127.0." + i / 250 + "." + (i % 250 + 1), backend.port()))
                .toList());
        members.add(new BackendAddress("localhost", backend.port()));
        UpstreamPool pool = pools.of(members);
        ProbeExecutor executor = run(pool);
        assertThat(executor.awaitFirstRound(List.of(pool), Duration.ofSeconds(5)))
                .isTrue();
        await().atMost(Duration.ofSeconds(10)).until(() -> backend.heads.size() >= 1_500);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> pool.members().stream().allMatch(member -> member.health() == Health.HEALTHY));
        assertThat(probeThreads()).hasSize(2);
        executor.close();
        await().atMost(Duration.ofSeconds(5)).until(() -> probeThreads().isEmpty());
    }

    @Test
    void closeCutsProbesOnTheirWayAndReportsNothing() throws Exception {
        ProbeBackend silent = backend(out -> new CountDownLatch(1).await());
        pools.probe = TestPools.probe("p.test", "/", TestPools.timing(60_000, 60_000, 3), ANY);
        ProbeExecutor executor = run(pools.of(IntStream.rangeClosed(1, 20)
                .mapToObj(i -> new BackendAddress("127.0.0." + i, silent.port()))
                .toList()));
        await().atMost(Duration.ofSeconds(5)).until(() -> silent.heads.size() == 20);
        long before = System.nanoTime();
        executor.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(probeThreads()).isEmpty();
        assertThat(changes).isEmpty();
    }

    @Test
    void closeOfAnInterruptedThreadStillEndsEverything() throws Exception {
        ProbeBackend silent = backend(out -> new CountDownLatch(1).await());
        pools.probe = TestPools.probe("p.test", "/", TestPools.timing(60_000, 60_000, 3), ANY);
        ProbeExecutor executor = run(pools.of(member(silent)));
        await().atMost(Duration.ofSeconds(5)).until(() -> silent.heads.size() == 1);
        Thread.currentThread().interrupt();
        executor.close();
        assertThat(Thread.interrupted()).isTrue();
        await().atMost(Duration.ofSeconds(5)).until(() -> probeThreads().isEmpty());
        assertThat(changes).isEmpty();
    }

    private interface ByteSink {
        void write(int value) throws IOException;
    }

    private static void trickle(ByteSink out) throws IOException, InterruptedException {
        while (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
            out.write('x');
        }
    }

    private static ProbeTiming timing(int intervalMillis, int threshold) {
        return TestPools.timing(intervalMillis, 3_000, threshold);
    }

    private static BackendAddress member(ProbeBackend backend) {
        return new BackendAddress("127.0.0.1", backend.port());
    }

    private static List<String> probeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("gatehouse-probe"))
                .toList();
    }

    private ProbeBackend backend(ProbeBackend.Script script) throws IOException {
        ProbeBackend backend = new ProbeBackend(script);
        closing.add(backend);
        return backend;
    }

    private UpstreamPool start(ProbeBackend backend, ProbeTiming timing, ProbeMatch match) throws Exception {
        pools.probe = TestPools.probe("p.test", "/", timing, match);
        UpstreamPool pool = pools.of(member(backend));
        run(pool);
        return pool;
    }

    private ProbeExecutor run(UpstreamPool... probed) {
        ProbeExecutor executor = new ProbeExecutor(System::nanoTime);
        closing.add(0, executor);
        executors.add(executor);
        executor.start(List.of(probed));
        return executor;
    }

    private String nextChange() throws InterruptedException {
        String change = changes.poll(10, TimeUnit.SECONDS);
        assertThat(change).as("a change of health within 10 s").isNotNull();
        return change;
    }
}
