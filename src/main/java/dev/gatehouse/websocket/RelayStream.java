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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private @Nullable Relay relay;
    private @Nullable Executor reader;
    private @Nullable WebConnection connection;
    private @Nullable ServletInputStream in;
    private @Nullable ServletOutputStream out;
    private final AtomicBoolean isParked = new AtomicBoolean();
    private volatile boolean isAtEnd;
    private volatile boolean isReading;
    private volatile boolean isClosed;

    /** For the container. */
    public RelayStream() {}

    /**
     * Before {@link #init}: whose client this is.
     *
     * @param runner reads on after a pause
     */
    void attach(Relay next, Executor runner) {
        relay = next;
        reader = runner;
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
        readOn();
    }

    private void readOn() {
        ServletInputStream source = in;
        try {
            while (!isClosed && source != null && isSomethingThere(source) && !isParked()) {
                relay().readable(this, NOTHING);
            }
        } catch (RuntimeException e) { // Undertow's, when the connection has just gone
            if (isAtEnd) {
                LOG.warn("the end of a client could not be passed on", e);
                relay().cut();
            } else {
                end(e);
            }
        }
    }

    // Undertow does not call for an end that our own read came upon.
    private boolean isSomethingThere(ServletInputStream source) {
        return isAtEnd || source.isReady() || source.isFinished();
    }

    // Only a stream that is ready and left alone is not the container's: whoever wants to read on must find it parked,
    // or
    // wait for the container's call.
    private boolean isParked() {
        if (isReading) {
            return false;
        }
        isParked.set(true);
        return !isReading || !isParked.compareAndSet(true, false); // wanted meanwhile: one of the two reads on
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
        isAtEnd = true; // told once: whoever does not read now must find it when it does
        readOn();
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
        isReading = reading;
        Executor runner = reader;
        if (reading && runner != null && isParked.compareAndSet(true, false)) {
            try {
                runner.execute(this::readOn);
            } catch (RejectedExecutionException e) {
                LOG.debug("the container is stopping and ends its connections", e);
            }
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
