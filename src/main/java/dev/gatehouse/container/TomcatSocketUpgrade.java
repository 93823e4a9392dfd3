package dev.gatehouse.container;

import dev.gatehouse.websocket.ClientSocketTaker;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one socket over from Tomcat. As {@link ClientSocketTaker.Upgrade} says. */
public final class TomcatSocketUpgrade implements InternalHttpUpgradeHandler, ClientSocketTaker.Upgrade {
    private static final Logger LOG = LoggerFactory.getLogger(TomcatSocketUpgrade.class);
    private static final int READ_BYTES = 16 * 1024;

    private @Nullable SocketWrapperBase<?> wrapper;
    private @Nullable Consumer<ClientSocketTaker.ClientSocket> taker;
    private Executor later = Runnable::run;

    /** For the container. */
    public TomcatSocketUpgrade() {}

    @Override
    public void whenTaken(Consumer<ClientSocketTaker.ClientSocket> next, Executor executor) {
        taker = next;
        later = executor;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> socket) {
        wrapper = socket;
    }

    @Override
    public void init(WebConnection connection) {
        SocketWrapperBase<?> socket = wrapper;
        Consumer<ClientSocketTaker.ClientSocket> next = taker;
        if (socket == null || next == null || !(socket.getSocket() instanceof NioChannel channel)) {
            throw new IllegalStateException("upgrade handler: no socket (expected: one of Tomcat's NIO)");
        }
        try {
            next.accept(take(socket, channel));
        } catch (IOException e) {
            LOG.debug("client is gone", e);
            close(socket, () -> {});
        }
    }

    private ClientSocketTaker.ClientSocket take(SocketWrapperBase<?> socket, NioChannel channel) throws IOException {
        ByteBuffer early = early(socket);
        ByteBuffer encrypted = TomcatBuffers.encrypted(channel);
        TomcatBuffers buffers = new TomcatBuffers(channel);
        AtomicBoolean isClosed = new AtomicBoolean();
        Runnable closer = () -> {
            if (isClosed.compareAndSet(false, true)) {
                close(socket, buffers::restore);
            }
        };
        return new ClientSocketTaker.ClientSocket(
                channel.getIOChannel(),
                channel instanceof SecureNioChannel secure ? secure.getSslEngine() : null,
                encrypted,
                early,
                closer);
    }

    // As long as one of Tomcat's threads is at work on the socket, init() included, a close would come too early: it
    // would put what has ended among what waits, for ever. It has the lock then.
    private void close(SocketWrapperBase<?> socket, Runnable first) {
        Lock lock = socket.getLock();
        boolean isOurs = lock instanceof ReentrantLock known && known.isHeldByCurrentThread();
        if (isOurs || !lock.tryLock()) {
            later.execute(() -> {
                lock.lock();
                closeAndUnlock(socket, first, lock);
            });
        } else {
            closeAndUnlock(socket, first, lock);
        }
    }

    private static void closeAndUnlock(SocketWrapperBase<?> socket, Runnable first, Lock lock) {
        try {
            first.run();
            socket.close();
        } finally {
            lock.unlock();
        }
    }

    private static ByteBuffer early(SocketWrapperBase<?> socket) throws IOException {
        if (socket.getSocketBufferHandler().isReadBufferEmpty()) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer early = ByteBuffer.allocate(Math.max(
                READ_BYTES, socket.getSocketBufferHandler().getReadBuffer().capacity()));
        socket.read(false, early); // gives what it has and does not ask the socket
        return early.flip();
    }

    @Override
    public boolean hasAsyncIO() {
        return true; // Tomcat leaves the socket alone
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        return SocketState.CLOSED; // it was told to stop, or found the socket broken
    }

    @Override
    public void timeoutAsync(long now) {}

    @Override
    public void setSslSupport(SSLSupport support) {}

    @Override
    public void pause() {}

    @Override
    public void destroy() {}
}
