package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * The body of a Close frame (RFC 6455 §5.5.1). Immutable.
 *
 * @param code a code, or {@link CloseCode#NO_STATUS} for an empty body
 * @param reason text for people, at most 123 bytes of UTF-8 on the wire, often empty
 */
record CloseStatus(int code, String reason) {
    private static final int MAX_REASON_BYTES = FrameHeader.MAX_CONTROL_PAYLOAD - 2;

    static CloseStatus of(int code) {
        return new CloseStatus(code, "");
    }

    /**
     * Reads the payload of a Close frame.
     *
     * @throws WebSocketProtocolException if it has one byte, a code that no frame may hold, or a broken text
     */
    static CloseStatus parse(ByteBuffer payload) throws WebSocketProtocolException {
        if (!payload.hasRemaining()) {
            return of(CloseCode.NO_STATUS);
        }
        if (payload.remaining() == 1) {
            throw new WebSocketProtocolException(CloseCode.PROTOCOL_ERROR, "peer sent half a close code");
        }
        int code = payload.getShort() & 0xFFFF;
        byte[] text = new byte[payload.remaining()];
        payload.get(text);
        Utf8Validator validator = new Utf8Validator();
        if (!validator.accept(text, 0, text.length) || !validator.isComplete()) {
            throw new WebSocketProtocolException(CloseCode.INVALID_PAYLOAD, "peer sent a close reason that is no text");
        }
        return new CloseStatus(code, new String(text, UTF_8));
    }

    /** The same, as the other side may be told. */
    CloseStatus relayed() {
        return new CloseStatus(CloseCode.relayed(code), reason);
    }

    /** The payload of a Close frame: nothing for {@link CloseCode#NO_STATUS}. */
    ByteBuffer payload() {
        if (code == CloseCode.NO_STATUS) {
            return ByteBuffer.allocate(0);
        }
        byte[] text = shortened(reason).getBytes(UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .flip();
    }

    /** As much of a text as a Close frame takes, cut between two characters. */
    static String shortened(String text) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > MAX_REASON_BYTES) {
                return text.substring(0, end);
            }
            end += Character.charCount(point);
        }
        return text;
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? Integer.toString(code) : code + " " + reason;
    }
}
