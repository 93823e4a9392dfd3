package dev.gatehouse.websocket;

import static dev.gatehouse.websocket.FrameHeader.BINARY;
import static dev.gatehouse.websocket.FrameHeader.CONTINUATION;
import static dev.gatehouse.websocket.FrameHeader.MAX_CONTROL_PAYLOAD;
import static dev.gatehouse.websocket.FrameHeader.PONG;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds frame headers in a stream of bytes that may be cut anywhere, and checks them (RFC 6455 §5). The caller takes or
 * skips the payload between two calls. Lengths need not be minimal. Confined to one direction of one session.
 */
final class FrameParser {
    private static final int FINAL_BIT = 0x80;
    private static final int MASK_BIT = 0x80;
    private static final int ANY_RSV = 7;

    private final boolean expectsMask;
    private final int allowedRsv;
    private final byte[] head = new byte[FrameHeader.MAX_BYTES];
    private int have;
    private boolean inMessage;

    private FrameParser(boolean expectsMask, int allowedRsv) {
        this.expectsMask = expectsMask;
        this.allowedRsv = allowedRsv;
    }

    /** Reads what a server sends: never masked (§5.1). */
    static FrameParser ofServerFrames(int allowedRsv) {
        return new FrameParser(false, allowedRsv);
    }

    /** Reads what a client sends: always masked (§5.1). */
    static FrameParser ofClientFrames(int allowedRsv) {
        return new FrameParser(true, allowedRsv);
    }

    /**
     * Reads frames whose extensions others have agreed upon: they may give a meaning to reserved bits and opcodes (§5.2).
     *
     * @param expectsMask whether a client sends them
     */
    static FrameParser ofExtendedFrames(boolean expectsMask) {
        return new FrameParser(expectsMask, ANY_RSV);
    }

    /** Begins anew with the header that has not come whole. */
    void forget() {
        have = 0;
    }

    /**
     * Reads on, at most to the end of the next header.
     *
     * @param in bytes after the payload of the frame before
     * @return the header, or null if {@code in} ended inside it
     * @throws WebSocketProtocolException if the frame is not allowed here
     */
    @Nullable
    FrameHeader parse(ByteBuffer in) throws WebSocketProtocolException {
        while (have < 2) {
            if (!in.hasRemaining()) {
                return null;
            }
            head[have++] = in.get();
        }
        int size = headerSize();
        int missing = Math.min(size - have, in.remaining());
        in.get(head, have, missing);
        have += missing;
        if (have < size) {
            return null;
        }
        have = 0;
        return checked(header(size));
    }

    private int headerSize() {
        int masking = (head[1] & MASK_BIT) != 0 ? 4 : 0;
        return switch (head[1] & 0x7F) {
            case 126 -> 4 + masking;
            case 127 -> 10 + masking;
            default -> 2 + masking;
        };
    }

    private FrameHeader header(int size) throws WebSocketProtocolException {
        boolean masked = (head[1] & MASK_BIT) != 0;
        return new FrameHeader(
                (head[0] & FINAL_BIT) != 0,
                (head[0] >> 4) & 7,
                head[0] & 15,
                masked,
                masked ? (int) number(size - 4, 4) : 0,
                length());
    }

    private long length() throws WebSocketProtocolException {
        int shortLength = head[1] & 0x7F;
        long length = shortLength < 126 ? shortLength : number(2, shortLength == 126 ? 2 : 8);
        if (length < 0) {
            throw broken("a length of 64 bits"); // §5.2: the most significant bit must be 0
        }
        return length;
    }

    private long number(int from, int bytes) {
        long value = 0;
        for (int i = from; i < from + bytes; i++) {
            value = value << 8 | head[i] & 0xFF;
        }
        return value;
    }

    private FrameHeader checked(FrameHeader header) throws WebSocketProtocolException {
        if (header.isMasked() != expectsMask) {
            throw broken(expectsMask ? "an unmasked frame from a client" : "a masked frame from a server");
        }
        if ((header.rsv() & ~allowedRsv) != 0) {
            throw broken("a reserved bit");
        }
        if (header.isControl()) {
            checkControl(header);
        } else {
            checkData(header);
        }
        return header;
    }

    private void checkControl(FrameHeader header) throws WebSocketProtocolException {
        if (header.opcode() > PONG && !isExtended()) {
            throw broken("opcode " + header.opcode());
        }
        boolean isMarked = header.rsv() != 0 && !isExtended();
        if (!header.isFinal() || header.length() > MAX_CONTROL_PAYLOAD || isMarked) {
            throw broken("a control frame that is fragmented, compressed or longer than 125 bytes");
        }
    }

    private void checkData(FrameHeader header) throws WebSocketProtocolException {
        int opcode = header.opcode();
        if (opcode > BINARY && isExtended()) {
            return;
        }
        if (opcode > BINARY) {
            throw broken("opcode " + opcode);
        }
        if ((opcode == CONTINUATION) != inMessage) {
            throw broken(inMessage ? "a new message inside a fragmented one" : "a continuation of nothing");
        }
        if (opcode == CONTINUATION && header.rsv() != 0 && !isExtended()) {
            throw broken("a reserved bit on a continuation"); // RFC 7692 §6: RSV1 on the first frame only
        }
        inMessage = !header.isFinal();
    }

    private boolean isExtended() {
        return allowedRsv == ANY_RSV;
    }

    private static WebSocketProtocolException broken(String what) {
        return new WebSocketProtocolException(CloseCode.PROTOCOL_ERROR, "peer sent " + what);
    }
}
