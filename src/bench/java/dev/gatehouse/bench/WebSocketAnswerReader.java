package dev.gatehouse.bench;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Expects binary messages of one length, in as many fragments as the proxy likes, and answers pings. */
final class WebSocketAnswerReader implements AnswerReader {
    private static final int PONG = 0x80 | FrameHead.PONG;

    private final FrameHead head = new FrameHead();
    private final ByteBuffer control = ByteBuffer.allocate(125);
    private final long expectedBytes;
    private long messageBytes;
    private boolean isInPayload;
    private long payloadLeft;
    private ByteBuffer reply;

    WebSocketAnswerReader(long expectedBytes) {
        this.expectedBytes = expectedBytes;
    }

    @Override
    public int read(ByteBuffer in) throws IOException {
        int messages = 0;
        while (in.hasRemaining()) {
            if (!isInPayload && !begin(in)) {
                return messages;
            }
            takePayload(in);
            if (payloadLeft == 0) {
                messages += end();
            }
        }
        return messages;
    }

    @Override
    public ByteBuffer takeReply() {
        ByteBuffer taken = reply;
        reply = null;
        return taken;
    }

    private boolean begin(ByteBuffer in) throws IOException {
        if (!head.readFrom(in)) {
            return false;
        }
        if (head.isMasked()) {
            throw new ProtocolException("a frame to a client must not be masked (RFC 6455 §5.1)");
        }
        isInPayload = true;
        payloadLeft = head.payloadBytes();
        if (head.isControl() && payloadLeft > control.clear().capacity()) {
            throw new ProtocolException("control frame of " + payloadLeft + " bytes");
        }
        return true;
    }

    private void takePayload(ByteBuffer in) {
        int count = (int) Math.min(payloadLeft, in.remaining());
        if (head.isControl()) {
            control.put(in.slice(in.position(), count));
        } else {
            messageBytes += count;
        }
        in.position(in.position() + count);
        payloadLeft -= count;
    }

    private int end() throws IOException {
        isInPayload = false;
        boolean isLast = head.isFinal() && !head.isControl();
        endControl();
        head.clear();
        if (!isLast) {
            return 0;
        }
        if (messageBytes != expectedBytes) {
            throw new ProtocolException("message of " + messageBytes + " bytes, expected " + expectedBytes);
        }
        messageBytes = 0;
        return 1;
    }

    private void endControl() throws IOException {
        control.flip();
        if (head.opcode() == FrameHead.CLOSE) {
            int code = control.remaining() < 2 ? 1005 : control.getShort() & 0xFFFF;
            throw new ProtocolException("closed with " + code);
        }
        if (head.opcode() == FrameHead.PING) {
            ByteBuffer pong = ByteBuffer.allocate(6 + control.remaining());
            FrameHead.writeMasked(pong, PONG, control, 0x5A5A_A5A5);
            reply = pong.flip();
        }
        control.clear();
    }
}
