package dev.gatehouse.websocket;

/**
 * What stands before the payload of a frame (RFC 6455 §5.2). Immutable.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-------+-+-------------+-------------------------------+
 *  |F|R|R|R| opcode|M| Payload len |  extended length, 0, 16 or 64 |
 *  |I|S|S|S|  (4)  |A|     (7)     |  bits                         |
 *  |N|V|V|V|       |S|             |                               |
 *  | |1|2|3|       |K|             |  masking key, 0 or 32 bits    |
 *  +-+-+-+-+-------+-+-------------+-------------------------------+
 * </pre>
 *
 * @param isFinal last frame of its message
 * @param rsv the three reserved bits, 0-7
 * @param opcode one of the constants
 * @param isMasked whether a masking key follows
 * @param maskKey the key, first byte on the wire highest; 0 without one
 * @param length bytes of payload, 0 or more
 */
record FrameHeader(boolean isFinal, int rsv, int opcode, boolean isMasked, int maskKey, long length) {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The one bit of {@code rsv} with a meaning: RSV1, on the first frame of a compressed message (RFC 7692 §6). */
    static final int COMPRESSED = 4;

    /** The longest header: two bytes, a length of eight, a key of four. */
    static final int MAX_BYTES = 14;

    /** The longest payload of a control frame (RFC 6455 §5.5). */
    static final int MAX_CONTROL_PAYLOAD = 125;

    boolean isControl() {
        return isControl(opcode);
    }

    static boolean isControl(int opcode) {
        return (opcode & 8) != 0;
    }
}
