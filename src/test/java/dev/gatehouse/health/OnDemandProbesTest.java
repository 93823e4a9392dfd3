package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.observe.AddressHealth;
import dev.gatehouse.upstream.Health;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.UpstreamPool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PRB-22 and PRB-6 over real sockets. */
class OnDemandProbesTest {
    private final TestPools pools = new TestPools();
    private final OnDemandProbes probes = new OnDemandProbes(Clock.systemUTC());

    @AfterEach
    void close() {
        probes.close();
    }

    @Test
    void membersAreAllAskedAtOnceAndToldInTheirOrder() throws Exception {
        try (ProbeBackend good = new ProbeBackend(ProbeBackend.status(200));
                ProbeBackend bad = new ProbeBackend(ProbeBackend.status(500));
                ProbeBackend silent = new ProbeBackend(out -> new CountDownLatch(1).await())) {
            UpstreamPool pool =
                    pools.of(member(good), member(silent), member(bad), new BackendAddress("no-such-host.invalid", 80));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> pool.members().get(3).lastProbe().isPresent()); // nobody knows its name
            long before = System.nanoTime();

            List<AddressHealth> found = found(pool, probe(Protocol.HTTP, "p.test", 1_000));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            assertThat(found)
                    .extracting(AddressHealth::health)
                    .containsExactly(Health.HEALTHY, Health.UNHEALTHY, Health.UNHEALTHY, Health.UNKNOWN);
            assertThat(found)
                    .extracting(one -> one.errorName().orElse(""))
                    .containsExactly(
                            "SuccessWithStatusCode",
                            "Timeout",
                            "HttpStatusCodeMismatchWithStatusCode",
                            "HostNameNotResolved");
            assertThat(found).extracting(AddressHealth::upstream).isEqualTo(pool.members());
            ProbeRecord slow = found.get(1).lastProbe().orElseThrow();
            assertThat(slow.latency()).isGreaterThanOrEqualTo(Duration.ofMillis(990));
            assertThat(slow.consecutiveFailures()).isEqualTo(1);
            assertThat(pool.members()).allMatch(member -> member.health() == Health.UNKNOWN);
        }
        assertThat(probeThreads()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"wrong.test, -1d", "right.test, -40d"}) // PRB-6: another name, expired, and always an unknown root
    void certificateIsNotLookedAt(String host, String startDate, @TempDir Path folder) throws Exception {
        TestChain chain = new TestChain(folder);
        pools.protocol = Protocol.HTTPS;
        pools.tls = new BackendTlsRules(List.of(chain.root()), true, true, null);
        try (ProbeBackend backend =
                new ProbeBackend(chain.serverSocket("right.test", startDate), ProbeBackend.status(204))) {
            List<AddressHealth> found = found(pools.of(member(backend)), probe(Protocol.HTTPS, host, 10_000));
            assertThat(found.get(0).log()).isEqualTo("Success. Received 204 status code");
            assertThat(backend.heads.peek()).contains("\r\nHost: " + host + "\r\n");
        }
    }

    @Test
    void hostIsPickedFromTheSettings() throws Exception { // PRB-5
        pools.host = new HostOverride("picked.test", false);
        try (ProbeBackend backend = new ProbeBackend(ProbeBackend.status(200))) {
            Probe picking = new Probe(
                    "p",
                    Protocol.HTTP,
                    null,
                    "/",
                    TestPools.timing(5_000, 5_000, 1),
                    true,
                    0,
                    null,
                    ProbeMatch.DEFAULT);
            found(pools.of(member(backend)), picking);
            assertThat(backend.heads.peek()).contains("\r\nHost: picked.test\r\n");
        }
    }

    @Test
    void bodyIsMatched() throws Exception { // PRB-9
        try (ProbeBackend backend =
                new ProbeBackend(ProbeBackend.text("HTTP/1.1 200 x\r\nContent-Length: 5\r\n\r\nhello"))) {
            UpstreamPool pool = pools.of(member(backend));
            assertThat(found(pool, matching("hell")).get(0).health()).isEqualTo(Health.HEALTHY);
            assertThat(found(pool, matching("Hell")).get(0).errorName()).contains("HttpResponseBodyMismatch");
        }
    }

    @Test
    void thousandMembersTakeNoThreadEach() throws Exception {
        try (ProbeBackend backend = new ProbeBackend(ProbeBackend.status(200))) {
            List<AddressHealth> found = found(
                    pools.of(IntStream.range(0, 1_000)
                            .mapToObj(i -> new BackendAddress("127.0." + i / 250 + "." + (i % 250 + 1), backend.port()))
                            .toList()),
                    probe(Protocol.HTTP, "p.test", 20_000));
            assertThat(found).hasSize(1_000).allMatch(one -> one.health() == Health.HEALTHY);
        }
        assertThat(probeThreads()).isEmpty();
    }

    @Test
    void emptyPoolHasNothingToTell() throws Exception {
        assertThat(found(pools.of(), probe(Protocol.HTTP, "p.test", 1_000))).isEmpty();
    }

    @Test
    void closeEndsWhatIsOnItsWayAndLeavesNoThread() throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (ProbeBackend silent = new ProbeBackend(out -> new CountDownLatch(1).await())) {
            UpstreamPool pool = pools.of(member(silent));
            Future<Optional<List<AddressHealth>>> running =
                    caller.submit(() -> probes.probe(pool, probe(Protocol.HTTP, "p.test", 30_000)));
            await().atMost(Duration.ofSeconds(5)).until(() -> !silent.heads.isEmpty());
            probes.close();
            assertThat(probeThreads()).isEmpty();
            assertThat(running.get()).isEmpty();
            assertThat(probes.probe(pool, probe(Protocol.HTTP, "p.test", 30_000)))
                    .isEmpty();
            assertThat(silent.heads).hasSize(1);
        }
        caller.shutdown();
    }

    private List<AddressHealth> found(UpstreamPool pool, Probe probe) {
        return probes.probe(pool, probe).orElseThrow();
    }

    private static BackendAddress member(ProbeBackend backend) {
        return new BackendAddress("127.0.0.1", backend.port());
    }

    private static Probe probe(Protocol protocol, String host, int timeoutMillis) {
        return new Probe(
                "p",
                protocol,
                host,
                "/",
                TestPools.timing(timeoutMillis, timeoutMillis, 1),
                false,
                0,
                null,
                ProbeMatch.DEFAULT);
    }

    private static Probe matching(String body) {
        return TestPools.probe("p.test", "/", TestPools.timing(5_000, 5_000, 1), new ProbeMatch(List.of(), body));
    }

    private static List<String> probeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("gatehouse-probe"))
                .toList();
    }
}
