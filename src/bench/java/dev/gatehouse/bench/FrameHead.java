package dev.gatehouse.bench;

import java.nio.ByteBuffer;

/** Collects the head of one WebSocket frame (RFC 6455 §5.2) as it arrives. Confined to one thread. */
final class FrameHead {
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;

    private final ByteBuffer bytes = ByteBuffer.allocate(14);

    void clear() {
        bytes.clear();
    }

    /** Takes the bytes of the head; true once it is whole. */
    boolean readFrom(ByteBuffer in) {
        while (bytes.position() < 2 || bytes.position() < size()) {
            if (!in.hasRemaining()) {
                return false;
            }
            bytes.put(in.get());
        }
        return true;
    }

    int firstByte() {
        return bytes.get(0) & 0xFF;
    }

    boolean isFinal() {
        return (firstByte() & FIN) != 0;
    }

    int opcode() {
        return firstByte() & 0x0F;
    }

    boolean isControl() {
        return opcode() >= CLOSE;
    }

    boolean isMasked() {
        return (bytes.get(1) & MASKED) != 0;
    }

    long payloadBytes() {
        int small = bytes.get(1) & 0x7F;
        return switch (small) {
            case 126 -> bytes.getShort(2) & 0xFFFF;
            case 127 -> bytes.getLong(2);
            default -> small;
        };
    }

    int maskKey() {
        return isMasked() ? bytes.getInt(size() - 4) : 0;
    }

    private int size() {
        int small = bytes.get(1) & 0x7F;
        int extended = small == 126 ? 2 : small == 127 ? 8 : 0;
        return 2 + extended + (isMasked() ? 4 : 0);
    }

    /** Writes a head; {@code maskBit} is 0 or 0x80, and the key is the caller's to write. */
    static void write(ByteBuffer out, int firstByte, long payloadBytes, int maskBit) {
        out.put((byte) firstByte);
        if (payloadBytes < 126) {
            out.put((byte) (maskBit | (int) payloadBytes));
        } else if (payloadBytes < 65_536) {
            out.put((byte) (maskBit | 126)).putShort((short) payloadBytes);
        } else {
            out.put((byte) (maskBit | 127)).putLong(payloadBytes);
        }
    }

    /** One whole masked frame, ready to be sent by a client. */
    static void writeMasked(ByteBuffer out, int firstByte, ByteBuffer payload, int maskKey) {
        write(out, firstByte, payload.remaining(), MASKED);
        out.putInt(maskKey);
        mask(payload, out, payload.remaining(), maskKey);
    }

    /** Copies {@code count} bytes through the mask. The key's first byte belongs to the first byte copied. */
    static void mask(ByteBuffer in, ByteBuffer out, int count, int maskKey) {
        long wide = ((long) maskKey << 32) | (maskKey & 0xFFFF_FFFFL);
        int left = count;
        for (; left >= Long.BYTES; left -= Long.BYTES) {
            out.putLong(in.getLong() ^ wide);
        }
        for (int shift = 24; left > 0; left--, shift -= 8) {
            out.put((byte) (in.get() ^ (maskKey >>> (shift & 31))));
        }
    }
}
