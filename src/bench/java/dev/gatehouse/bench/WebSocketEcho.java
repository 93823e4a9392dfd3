package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The server's half of an echo: frames go back as they come, unmasked, pings as pongs. Confined to one thread. */
final class WebSocketEcho {
    private final FrameHead head = new FrameHead();
    private boolean isInPayload;
    private long payloadLeft;
    private int maskKey;

    /** Echoes {@code in} to {@code out}, which must have twice the room; false once a close frame has been echoed. */
    boolean read(ByteBuffer in, ByteBuffer out) throws IOException {
        while (in.hasRemaining()) {
            if (!isInPayload && !begin(in, out)) {
                return true;
            }
            copyPayload(in, out);
            if (payloadLeft == 0) {
                isInPayload = false;
                boolean isClose = head.opcode() == FrameHead.CLOSE;
                head.clear();
                if (isClose) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean begin(ByteBuffer in, ByteBuffer out) throws IOException {
        if (!head.readFrom(in)) {
            return false;
        }
        if (!head.isMasked()) {
            throw new IOException("a frame to a server must be masked (RFC 6455 §5.1)");
        }
        isInPayload = true;
        payloadLeft = head.payloadBytes();
        maskKey = head.maskKey();
        if (head.opcode() != FrameHead.PONG) {
            int firstByte = head.opcode() == FrameHead.PING ? 0x80 | FrameHead.PONG : head.firstByte();
            FrameHead.write(out, firstByte, payloadLeft, 0);
        }
        return true;
    }

    private void copyPayload(ByteBuffer in, ByteBuffer out) {
        int count = (int) Math.min(payloadLeft, in.remaining());
        if (head.opcode() == FrameHead.PONG) {
            in.position(in.position() + count);
        } else {
            FrameHead.mask(in, out, count, maskKey);
            maskKey = Integer.rotateLeft(maskKey, (count & 3) * Byte.SIZE);
        }
        payloadLeft -= count;
    }
}
