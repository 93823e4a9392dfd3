package dev.gatehouse.websocket;

import java.nio.ByteBuffer;

/** Writes frame headers and masks payloads (RFC 6455 §5.2, §5.3). Stateless. */
final class FrameWriter {
    private FrameWriter() {}

    /**
     * Writes the header of a masked frame.
     *
     * @param out needs room for {@link FrameHeader#MAX_BYTES}; big-endian
     */
    static void writeMaskedHeader(ByteBuffer out, boolean isFinal, int opcode, long length, int maskKey) {
        writeMaskedHeader(out, isFinal, 0, opcode, length, maskKey);
    }

    /**
     * Writes the header of a masked frame.
     *
     * @param out needs room for {@link FrameHeader#MAX_BYTES}; big-endian
     * @param rsv the three reserved bits
     */
    static void writeMaskedHeader(ByteBuffer out, boolean isFinal, int rsv, int opcode, long length, int maskKey) {
        writeStart(out, isFinal, rsv << 4 | opcode, length, 0x80);
        out.putInt(maskKey);
    }

    /** Writes the header of a frame that a server sends. */
    static void writeHeader(ByteBuffer out, boolean isFinal, int opcode, long length) {
        writeStart(out, isFinal, opcode, length, 0);
    }

    private static void writeStart(ByteBuffer out, boolean isFinal, int meaning, long length, int maskBit) {
        out.put((byte) ((isFinal ? 0x80 : 0) | meaning));
        if (length < 126) {
            out.put((byte) (maskBit | (int) length));
        } else if (length <= 0xFFFF) {
            out.put((byte) (maskBit | 126)).putShort((short) length);
        } else {
            out.put((byte) (maskBit | 127)).putLong(length);
        }
    }

    /**
     * Copies bytes and masks them on the way, eight at a time. Masking twice gives the bytes back.
     *
     * @param from all of it is taken, as far as {@code to} has room; big-endian
     * @param to where the masked bytes go; big-endian
     * @param maskKey the frame's key
     * @param offset bytes of this payload already masked
     * @return bytes copied
     */
    static int mask(ByteBuffer from, ByteBuffer to, int maskKey, long offset) {
        int key = Integer.rotateLeft(maskKey, (int) (offset & 3) * 8);
        long wide = (long) key << 32 | key & 0xFFFFFFFFL;
        int count = Math.min(from.remaining(), to.remaining());
        int left = count;
        for (; left >= Long.BYTES; left -= Long.BYTES) {
            to.putLong(from.getLong() ^ wide);
        }
        for (int i = 0; i < left; i++) {
            to.put((byte) (from.get() ^ wide >>> 56 - 8 * i));
        }
        return count;
    }
}
