package dev.gatehouse.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class OwnThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void threadsAreNamedAndKeepNoJvmAlive() {
        Thread one = OwnThreads.named("gatehouse-test").newThread(() -> {});
        assertThat(one.getName()).isEqualTo("gatehouse-test");
        assertThat(one.isDaemon()).isTrue();
        OwnThreads many = OwnThreads.numbered("gatehouse-test-");
        assertThat(many.newThread(() -> {}).getName()).isEqualTo("gatehouse-test-1");
        assertThat(many.newThread(() -> {}).getName()).isEqualTo("gatehouse-test-2");
    }

    @Test
    void afterTheWaitNoThreadOfAnEndedExecutorIsAlive() {
        for (int round = 0; round < 200; round++) { // an executor says so a moment too early, but seldom
            OwnThreads own = OwnThreads.named("gatehouse-test");
            Thread[] seen = new Thread[1];
            ExecutorService executor = Executors.newSingleThreadExecutor(task -> seen[0] = own.newThread(task));
            executor.execute(() -> {});
            executor.shutdown();
            assertThat(own.awaitEnd(LONG)).isTrue();
            assertThat(seen[0].isAlive()).isFalse();
        }
    }

    @Test
    void threadThatGoesOnIsToldAndNotWaitedForLonger() {
        CountDownLatch end = new CountDownLatch(1);
        OwnThreads own = OwnThreads.named("gatehouse-test");
        own.newThread(() -> await(end)).start();
        assertThat(own.awaitEnd(SHORT)).isFalse();
        end.countDown();
        assertThat(own.awaitEnd(LONG)).isTrue();
    }

    @Test
    void threadThatClosesItsOwnPartDoesNotWaitForItself() throws InterruptedException {
        OwnThreads own = OwnThreads.named("gatehouse-test");
        boolean[] ended = new boolean[1];
        Thread thread = own.newThread(() -> ended[0] = own.awaitEnd(LONG));
        thread.start();
        thread.join(5_000);
        assertThat(ended[0]).isTrue();
    }

    @Test
    void interruptEndsTheWaitAndIsKept() {
        CountDownLatch end = new CountDownLatch(1);
        OwnThreads own = OwnThreads.named("gatehouse-test");
        own.newThread(() -> await(end)).start();
        Thread.currentThread().interrupt();
        assertThat(own.awaitEnd(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
