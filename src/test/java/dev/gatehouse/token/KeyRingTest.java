package dev.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.testkit.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** REQ-16: how the issuer's keys are kept. */
@Timeout(30)
class KeyRingTest {
    private static final URI ADDRESS = URI.create("https://id.example/keys");
    private static final String KEYS = new TestTokens().keySet();

    private long nanos;
    private int reads;
    private boolean fails;
    private String text = KEYS;

    private final KeyRing ring = new KeyRing(ADDRESS, this::read, Runnable::run, () -> nanos);

    private byte[] read(URI address) throws IOException {
        assertThat(address).isEqualTo(ADDRESS);
        reads++;
        if (fails) {
            throw new IOException("refused");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void keysAreReadOnceAndKept() throws Exception {
        assertThat(ring.meantBy("rsa")).hasSize(1);
        assertThat(ring.meantBy("ES256")).hasSize(1);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void inventedKeysMakeUsAskTwiceAMinuteAtMost() {
        for (int second = 0; second < 120; second++) {
            refused("invented" + second, ExchangeFailure.TOKEN_KEY_UNKNOWN);
            pass(Duration.ofSeconds(1));
        }
        assertThat(reads).isEqualTo(4);
    }

    @Test
    void newKeyIsFoundWhenTheFirstTokenNamesIt() throws Exception {
        text = KEYS.replace("\"ES256\"", "\"old\"");
        refused("ES256", ExchangeFailure.TOKEN_KEY_UNKNOWN);
        text = KEYS;
        pass(Duration.ofSeconds(31));
        assertThat(ring.meantBy("ES256")).hasSize(1);
    }

    @Test
    void keysAreReadAnewEveryHour() {
        ring.refreshIfOld();
        pass(Duration.ofMinutes(59));
        ring.refreshIfOld();
        assertThat(reads).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        ring.refreshIfOld();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void withdrawnKeyIsGoneWithTheNextRead() throws Exception {
        assertThat(ring.meantBy("rsa")).hasSize(1);
        text = KEYS.replace("\"rsa\"", "\"other\"");
        pass(Duration.ofHours(1));
        ring.refreshIfOld();
        refused("rsa", ExchangeFailure.TOKEN_KEY_UNKNOWN);
    }

    @Test
    void oldKeysServeForADayWhileTheAddressFails() throws Exception {
        assertThat(ring.meantBy("rsa")).hasSize(1);
        fails = true;
        for (int hour = 0; hour < 24; hour++) {
            pass(Duration.ofHours(1));
            ring.refreshIfOld();
            assertThat(ring.meantBy("rsa")).hasSize(1);
        }
        pass(Duration.ofSeconds(1));
        refused("rsa", ExchangeFailure.TOKEN_KEYS_UNAVAILABLE);
    }

    @Test
    void textThatIsNoKeySetDoesNotReplaceKeys() throws Exception {
        assertThat(ring.meantBy("rsa")).hasSize(1);
        text = "<html>";
        pass(Duration.ofHours(2));
        ring.refreshIfOld();
        assertThat(reads).isEqualTo(2);
        assertThat(ring.meantBy("rsa")).hasSize(1);
    }

    @Test
    void addressThatRecoversIsFoundAgain() throws Exception {
        fails = true;
        refused("rsa", ExchangeFailure.TOKEN_KEYS_UNAVAILABLE);
        fails = false;
        refused("rsa", ExchangeFailure.TOKEN_KEYS_UNAVAILABLE); // asked a moment ago
        pass(Duration.ofSeconds(30));
        ring.refreshIfOld();
        assertThat(ring.meantBy("rsa")).hasSize(1);
    }

    @Test
    void slowAddressHoldsAFewRequestsForASecondAndTheOthersNotAtAll() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        KeyRing waiting = new KeyRing(ADDRESS, address -> afterwards(slow), threads, System::nanoTime);
        try {
            List<Future<Duration>> waits = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                waits.add(threads.submit(() -> waitOf(waiting)));
            }
            int held = 0;
            for (Future<Duration> wait : waits) {
                Duration time = wait.get(10, TimeUnit.SECONDS);
                held += time.compareTo(Duration.ofMillis(900)) >= 0 ? 1 : 0;
                assertThat(time).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(held).isEqualTo(8);
        } finally {
            slow.countDown();
            threads.shutdown();
        }
    }

    private static byte[] afterwards(CountDownLatch slow) throws IOException {
        try {
            assertThat(slow.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return KEYS.getBytes(StandardCharsets.UTF_8);
    }

    private static Duration waitOf(KeyRing waiting) {
        long start = System.nanoTime();
        refused(waiting, "rsa", ExchangeFailure.TOKEN_KEYS_UNAVAILABLE);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void refused(String id, ExchangeFailure failure) {
        refused(ring, id, failure);
    }

    private static void refused(KeyRing asked, String id, ExchangeFailure failure) {
        assertThatThrownBy(() -> asked.meantBy(id))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }
}
