package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One direction of a relay: reads from one side, writes to the other, counts. Guarded by the relay's lock. */
final class Flow implements FrameTracker.Judge {
    private final RelayLeg from;
    private final RelayLeg to;
    private final boolean isFromClient;
    private final FrameTracker tracker;
    private final BridgeLimits limits;
    private final MaskKeys maskKeys;
    private final Heartbeat heartbeat;
    private final ByteBuffer pingPayload = ByteBuffer.allocate(Integer.BYTES);
    private final Traffic traffic;
    private int type;
    private boolean isLastFrame;
    private long messageBytes;
    private long lastFrameNanos;
    private @Nullable CloseStatus close;
    private boolean hasEnd;
    private boolean isHeld;
    private boolean isReceiverLost;

    /**
     * Creates a direction.
     *
     * @param isFromClient whether its frames are masked
     * @param isExtended whether both sides agreed upon extensions
     */
    Flow(
            RelayLeg from,
            RelayLeg to,
            boolean isFromClient,
            boolean isExtended,
            BridgeLimits limits,
            MaskKeys maskKeys,
            Traffic traffic,
            long nowNanos) {
        this.from = from;
        this.to = to;
        this.isFromClient = isFromClient;
        this.limits = limits;
        this.maskKeys = maskKeys;
        this.traffic = traffic;
        this.heartbeat = new Heartbeat(limits.pingNanos(), nowNanos);
        this.lastFrameNanos = nowNanos;
        this.pingPayload.putInt(0, maskKeys.next());
        this.tracker = new FrameTracker(parser(isFromClient, isExtended), this);
    }

    private static FrameParser parser(boolean isFromClient, boolean isExtended) {
        if (isExtended) {
            return FrameParser.ofExtendedFrames(isFromClient);
        }
        return isFromClient ? FrameParser.ofClientFrames(0) : FrameParser.ofServerFrames(0);
    }

    /** Moves what is there; false at the end of the source. */
    boolean move(ByteBuffer scratch) throws IOException {
        @Nullable ByteBuffer plain = read(scratch);
        if (plain == null) {
            hasEnd = true;
            return false;
        }
        pass(plain);
        return !from.isAtEnd();
    }

    private @Nullable ByteBuffer read(ByteBuffer scratch) {
        try {
            return from.read(scratch);
        } catch (IOException e) {
            return null; // a reset is an end as well
        }
    }

    /** Moves bytes that were read before. */
    void pass(ByteBuffer plain) throws IOException {
        if (!hasEnd && !isReceiverLost) {
            tracker.pass(plain, to);
            if (!tracker.isBetweenFrames()) { // a long frame is no silence
                lastFrameNanos = System.nanoTime();
                heartbeat.sign(lastFrameNanos);
            }
        }
    }

    @Override
    public void data(FrameHeader header) throws WebSocketProtocolException {
        if (header.opcode() != FrameHeader.CONTINUATION) {
            type = header.opcode();
            messageBytes = 0;
        }
        messageBytes += header.length();
        if (messageBytes < 0 || limits.isTooLong(messageBytes)) {
            throw new WebSocketProtocolException(
                    CloseCode.TOO_BIG, "message longer than " + limits.maxMessageBytes() + " bytes");
        }
        isLastFrame = header.isFinal();
        lastFrameNanos = System.nanoTime();
        heartbeat.sign(lastFrameNanos);
    }

    @Override
    public void payload(long bytes, boolean isEnd) {
        traffic.count(type, bytes, isEnd && isLastFrame);
    }

    @Override
    public boolean control(int opcode, ByteBuffer payload) throws WebSocketProtocolException {
        if (opcode == FrameHeader.CLOSE) {
            close = CloseStatus.parse(payload);
            return true;
        }
        if (opcode == FrameHeader.PONG && payload.equals(pingPayload)) {
            heartbeat.answered();
            return false;
        }
        lastFrameNanos = System.nanoTime();
        return true;
    }

    /** Sends what was kept; while that is not over, nothing more is read. */
    void flush() {
        try {
            isHeld = !to.flush();
        } catch (IOException e) {
            isHeld = false;
            isReceiverLost = true;
        }
    }

    /** Tells the receiver a Close of ours, as soon as a frame may follow. */
    void close(CloseStatus status) {
        insert(FrameHeader.CLOSE, status.payload());
    }

    /** Asks the receiver for a sign of life, which comes back in the other direction. */
    void ping(Flow back) {
        insert(FrameHeader.PING, back.pingPayload.duplicate());
    }

    private void insert(int opcode, ByteBuffer payload) {
        try {
            tracker.insert(frame(opcode, payload), opcode == FrameHeader.CLOSE, to);
        } catch (IOException e) {
            isReceiverLost = true;
        }
    }

    private ByteBuffer frame(int opcode, ByteBuffer payload) {
        ByteBuffer frame = ByteBuffer.allocate(FrameHeader.MAX_BYTES + payload.remaining());
        if (isFromClient) {
            int key = maskKeys.next();
            FrameWriter.writeMaskedHeader(frame, true, opcode, payload.remaining(), key);
            FrameWriter.mask(payload, frame, key, 0);
        } else {
            FrameWriter.writeHeader(frame, true, opcode, payload.remaining());
            frame.put(payload);
        }
        return frame.flip();
    }

    /** Nothing more is read from the source. */
    void stop() {
        hasEnd = true;
    }

    /** Whether more may be read. */
    boolean mayRead() {
        return !hasEnd && !isHeld;
    }

    /** Whether bytes wait for the receiver. */
    boolean isHeld() {
        return isHeld;
    }

    /** The receiver's connection failed. */
    void lostReceiver() {
        isReceiverLost = true;
    }

    /** Whether the receiver's connection failed. */
    boolean isReceiverLost() {
        return isReceiverLost;
    }

    /** Whether the source has nothing more to say. */
    boolean isOver() {
        return hasEnd || close != null;
    }

    /** Whether a frame of ours can go to the receiver now. */
    boolean isBetweenFrames() {
        return tracker.isBetweenFrames();
    }

    /** Whether a Close went to the receiver. */
    boolean isClosed() {
        return tracker.isEnded();
    }

    /** The source's Close, if it sent one. */
    @Nullable
    CloseStatus closeStatus() {
        return close;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    long lastFrameNanos() {
        return lastFrameNanos;
    }
}
