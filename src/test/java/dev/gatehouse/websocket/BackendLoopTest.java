package dev.gatehouse.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a defect does to the loop in which it shows. */
class BackendLoopTest {
    private BackendLoop loop;

    @BeforeEach
    void start() throws Exception {
        loop = new BackendLoop(Thread::new, Runnable::run, new StallWatch());
        loop.start();
    }

    @AfterEach
    void close() throws Exception {
        loop.close();
    }

    private boolean isServing() throws InterruptedException {
        CountDownLatch served = new CountDownLatch(1);
        loop.run(served::countDown);
        return served.await(5, TimeUnit.SECONDS);
    }

    @Test
    void errorInATaskEndsTheTaskAlone() throws Exception {
        loop.run(() -> {
            throw new OutOfMemoryError("of the test");
        });
        assertThat(isServing()).isTrue();
    }

    @Test
    void errorOfWhatRunsNowAndThenEndsNothing() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        loop.onTick(() -> {
            twice.countDown();
            throw new StackOverflowError("of the test");
        });
        assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(isServing()).isTrue();
    }

    @Test
    void defectOfAConnectionIsToldToItsOwner() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel channel = SocketChannel.open(server.getLocalAddress());
            channel.configureBlocking(false);
            SelectionKey key = loop.register(channel, new LoopChannel() {
                @Override
                public void ready(BackendLoop.Leader leader) {
                    throw new AssertionError("of the test");
                }

                @Override
                public void tick(long nowNanos) {}

                @Override
                public void fail() {
                    close();
                    failed.countDown();
                }

                @Override
                public void close() {
                    try {
                        channel.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            key.interestOps(SelectionKey.OP_WRITE);
            loop.wakeup();
            assertThat(failed.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(isServing()).isTrue();
        }
    }
}
