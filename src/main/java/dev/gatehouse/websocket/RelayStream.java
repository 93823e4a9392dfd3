package dev.gatehouse.websocket;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection after {@link jakarta.servlet.http.HttpServletRequest#upgrade}, in any container: its threads call
 * when there is something to read or room to write. As {@link RelayLeg} says; the listeners are called without the lock.
 */
public final class RelayStream implements HttpUpgradeHandler, RelayLeg, ReadListener, WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(RelayStream.class);
    private static final int READ_BYTES = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ArrayDeque<byte[]> kept = new ArrayDeque<>(2);
    private final AtomicInteger callers = new AtomicInteger();
    private @Nullable Relay relay;
    private @Nullable BackendLoop loop;
    private @Nullable WebConnection connection;
    private @Nullable ServletInputStream in;
    private @Nullable ServletOutputStream out;
    private boolean isAtEnd;
    private volatile boolean isReading;
    private volatile boolean isCallDue = true; // nothing may be asked of the stream until the container calls
    private volatile boolean isClosed;

    /** For the container. */
    public RelayStream() {}

    /** Before {@link #init}: whose client this is, and who runs what it may not do itself. */
    void attach(Relay next, BackendLoop runner) {
        relay = next;
        loop = runner;
    }

    private Relay relay() {
        Relay attached = relay;
        if (attached == null) {
            throw new IllegalStateException("upgrade handler: no relay (expected: one before the upgrade)");
        }
        return attached;
    }

    @Override
    public void init(WebConnection upgraded) {
        connection = upgraded;
        try {
            in = upgraded.getInputStream();
            out = upgraded.getOutputStream();
            out.setWriteListener(this);
            relay().clientOpened(this, NOTHING);
            in.setReadListener(this);
        } catch (IOException e) {
            LOG.debug("client is gone", e);
            relay().cut();
        }
    }

    @Override
    public void destroy() {
        relay().cut(); // the container is done with it
    }

    @Override
    public void onDataAvailable() {
        isCallDue = false;
        readOn();
    }

    // A container's thread and the loop's may meet here. Asking whether something is there and taking it belong
    // together,
    // so one does both, and once more for whoever came meanwhile.
    private void readOn() {
        if (callers.getAndIncrement() > 0) {
            return;
        }
        int served = 1;
        while (served > 0) {
            readWhatIsThere();
            served = callers.addAndGet(-served);
        }
    }

    private void readWhatIsThere() {
        ServletInputStream source = in;
        try {
            while (isReading && !isClosed && !isCallDue && source != null) {
                isCallDue = true; // before the question: the call may come before its answer
                if (!source.isReady()) {
                    return;
                }
                isCallDue = false;
                relay().readable(this, NOTHING);
            }
        } catch (RuntimeException e) { // Undertow's, when the connection has just gone
            end(e);
        }
    }

    @Override
    public void onAllDataRead() {
        end(null);
    }

    @Override
    public void onError(Throwable cause) {
        end(cause);
    }

    private void end(@Nullable Throwable cause) {
        LOG.debug("client is gone", cause);
        isAtEnd = true;
        relay().readable(this, NOTHING);
    }

    @Override
    public void onWritePossible() {
        relay().writable(this);
    }

    @Override
    public @Nullable ByteBuffer read(ByteBuffer scratch) throws IOException {
        ServletInputStream source = in;
        if (isAtEnd || source == null) {
            return null;
        }
        byte[] bytes = new byte[READ_BYTES];
        int count = source.read(bytes);
        return count < 0 ? null : ByteBuffer.wrap(bytes, 0, count);
    }

    // Undertow sends arrays whole, whatever part of them it is told to.
    @Override
    public void write(ByteBuffer plain) throws IOException {
        byte[] bytes = new byte[plain.remaining()];
        plain.get(bytes);
        if (bytes.length > 0) {
            kept.add(bytes);
            flush();
        }
    }

    @Override
    public boolean flush() throws IOException {
        ServletOutputStream sink = out;
        if (sink == null) {
            return true;
        }
        try {
            while (sink.isReady()) {
                byte @Nullable [] next = kept.poll();
                if (next == null) {
                    return true;
                }
                sink.write(next);
            }
            return false;
        } catch (RuntimeException e) {
            throw new IOException("client's connection takes nothing more", e);
        }
    }

    @Override
    public void want(boolean reading, boolean writing) {
        boolean isNew = reading && !isReading && !isCallDue;
        isReading = reading;
        BackendLoop runner = loop;
        if (isNew && runner != null) {
            runner.run(this::readOn);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        WebConnection open = connection;
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            LOG.debug("closing a client's connection failed", e);
        }
    }
}
