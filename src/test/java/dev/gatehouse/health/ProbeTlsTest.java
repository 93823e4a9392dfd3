package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.TrustedRootCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PRB-6, TLS-41, TLS-43, TLS-44, and the certificate texts of health-probes.md section 7. */
class ProbeTlsTest {
    private static final String VALID = "-1d";
    private static final String EXPIRED = "-40d";

    @TempDir
    static Path folder;

    private static TestChain chain;

    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final TestPools pools = new TestPools();

    @BeforeAll
    static void makeAuthority() throws Exception {
        chain = new TestChain(folder);
    }

    @Test
    void certificateForTheProbesHostIsHealthyTimeAndAgain() throws Exception {
        try (ProbeBackend backend = backend("right.test", VALID);
                ProbeExecutor executor = start(backend, "right.test", trusting(chain.root()))) {
            assertThat(nextChange()).isEqualTo("Healthy: Success. Received 200 status code");
            assertThat(executor.isReady()).isTrue();
            await().atMost(Duration.ofSeconds(5)).until(() -> backend.heads.size() >= 4);
            assertThat(backend.heads.peek()).contains("\r\nHost: right.test\r\n");
            assertThat(changes).isEmpty();
        }
    }

    @Test
    void certificateForAnotherNameIsOut() throws Exception {
        assertThat(verdict("right.test", VALID, "wrong.test", trusting(chain.root())))
                .startsWith("Unhealthy: The first probe failed. The certificate of 127.0.0.1:")
                .contains("is not for the name wrong.test: it is for right.test.");
    }

    @Test
    void otherNameIsTakenIfTheSettingsSaySo() throws Exception { // validateSNI false
        BackendTlsRules anyName = new BackendTlsRules(List.of(chain.root()), true, false, null);
        assertThat(verdict("right.test", VALID, "wrong.test", anyName)).startsWith("Healthy");
    }

    @Test
    void untrustedChainIsOut() throws Exception {
        assertThat(verdict("right.test", VALID, "right.test", BackendTlsRules.DEFAULT))
                .contains(
                        "leads to no public root, and its settings have no trustedRootCertificates: it ends in CN=Test CA.");
    }

    @Test
    void chainThatEndsInNoneOfTheUploadedRootsIsOut(@TempDir Path other) throws Exception {
        assertThat(verdict("right.test", VALID, "right.test", trusting(new TestChain(other).root())))
                .contains("leads to none of the trustedRootCertificates of its settings: it ends in CN=Test CA.");
    }

    @Test
    void expiredCertificateIsOut() throws Exception {
        assertThat(verdict("right.test", EXPIRED, "right.test", trusting(chain.root())))
                .containsPattern("The certificate of \\S+ has expired: it was valid until \\d{4}-");
    }

    @Test
    void certificateOfTheFutureIsOut() throws Exception {
        assertThat(verdict("right.test", "+5d", "right.test", trusting(chain.root())))
                .containsPattern("The certificate of \\S+ is not yet valid: it will be from \\d{4}-");
    }

    @Test
    void wholeChainWithOrWithoutItsRootIsHealthy() throws Exception { // TLS-41
        assertThat(verdictOnChain(trusting(chain.root()), 0, 1, 2)).startsWith("Healthy");
        assertThat(verdictOnChain(trusting(chain.root()), 0, 1)).startsWith("Healthy");
    }

    @Test
    void missingIntermediateIsNamed() throws Exception {
        assertThat(verdictOnChain(trusting(chain.root()), 0))
                .contains("leads to none of the trustedRootCertificates of its settings: it sends no certificate of its"
                        + " issuer CN=between; that is an intermediate that is missing");
    }

    @Test
    void missingLeafIsNamed() throws Exception {
        assertThat(verdictOnChain(trusting(chain.root()), 1, 2))
                .contains(" is missing: it sends only issuers, CN=between first.");
    }

    @Test
    void leafThatIsNotFirstIsNamed() throws Exception {
        assertThat(verdictOnChain(trusting(chain.root()), 1, 0, 2))
                .contains(" is not the first that it sends: CN=between, an issuer, comes before CN=leaf.");
    }

    @Test
    void chainAndDatesAreNotLookedAtIfTheSettingsSaySo() throws Exception { // validateCertChainAndExpiry false
        BackendTlsRules nameOnly = new BackendTlsRules(List.of(), false, true, null);
        assertThat(verdict("right.test", EXPIRED, "right.test", nameOnly)).startsWith("Healthy");
        assertThat(verdict("right.test", EXPIRED, "wrong.test", nameOnly)).contains("is not for the name wrong.test: ");
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsOut() throws Exception {
        try (ProbeBackend backend = new ProbeBackend(ProbeBackend.status(200));
                ProbeExecutor executor = start(backend, "right.test", trusting(chain.root()))) {
            // Its answer to a ClientHello is silence: it waits for the end of a head.
            assertThat(executor.isReady()).isFalse();
            assertThat(nextChange())
                    .contains("the TLS handshake with 127.0.0.1:" + backend.port()
                            + " was not finished within the probe's time-out of 2.0 s.");
        }
    }

    @Test
    void silenceAfterTheHandshakeIsTheBackendsNotTheHandshakes() throws Exception {
        try (ProbeBackend backend = new ProbeBackend(
                        chain.serverSocket("right.test", VALID), out -> new CountDownLatch(1).await());
                ProbeExecutor executor = start(backend, "right.test", trusting(chain.root()))) {
            assertThat(executor.isReady()).isFalse();
            assertThat(nextChange()).contains("took the connection but sent no complete response head");
        }
    }

    private static BackendTlsRules trusting(TrustedRootCertificate root) {
        return new BackendTlsRules(List.of(root), true, true, null);
    }

    private static ProbeBackend backend(String name, String startDate) throws Exception {
        return new ProbeBackend(chain.serverSocket(name, startDate), ProbeBackend.status(200));
    }

    private String verdict(String name, String startDate, String expectedName, BackendTlsRules rules) throws Exception {
        try (ProbeBackend backend = backend(name, startDate);
                ProbeExecutor executor = start(backend, expectedName, rules)) {
            String change = nextChange();
            assertThat(executor.isReady()).isTrue(); // PRB-11: one round is enough, however it ended
            return change;
        }
    }

    private String verdictOnChain(BackendTlsRules rules, int... sent) throws Exception {
        try (ProbeBackend backend = new ProbeBackend(chain.serverSocketSending(sent), ProbeBackend.status(200));
                ProbeExecutor executor = start(backend, "right.test", rules)) {
            String change = nextChange();
            assertThat(executor.isReady()).isTrue();
            return change;
        }
    }

    private ProbeExecutor start(ProbeBackend backend, String host, BackendTlsRules rules) throws Exception {
        pools.protocol = Protocol.HTTPS;
        pools.tls = rules;
        pools.probe = new Probe(
                "p", Protocol.HTTPS, host, "/", TestPools.timing(100, 2_000, 3), false, 0, null, ProbeMatch.DEFAULT);
        pools.listener =
                (pool, upstream, before, cause) -> changes.add(upstream.health().azureName() + ": " + cause);
        ProbeExecutor executor = new ProbeExecutor(System::nanoTime);
        executor.start(List.of(pools.of(new BackendAddress("127.0.0.1", backend.port()))));
        return executor;
    }

    private String nextChange() throws InterruptedException {
        String change = changes.poll(10, TimeUnit.SECONDS);
        assertThat(change).as("a change of health within 10 s").isNotNull();
        return change;
    }
}
