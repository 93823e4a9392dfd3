package dev.gatehouse.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Turns the bytes of text messages into strings piece by piece, never cutting a character, and refuses what is not
 * UTF-8 (WS-30). Confined to one direction of one session.
 */
final class TextPieces {
    private static final byte[] NOTHING = {};

    private final Utf8Validator validator = new Utf8Validator();
    private byte[] unfinished = NOTHING;

    /**
     * Takes the next bytes of a message.
     *
     * @param isLast whether the message ends with them
     * @return the characters that are complete
     * @throws WebSocketProtocolException with 1007 if they are not text
     */
    String next(ByteBuffer in, boolean isLast) throws WebSocketProtocolException {
        byte[] bytes = new byte[unfinished.length + in.remaining()];
        System.arraycopy(unfinished, 0, bytes, 0, unfinished.length);
        in.get(bytes, unfinished.length, in.remaining());
        if (!validator.accept(bytes, unfinished.length, bytes.length) || isLast && !validator.isComplete()) {
            throw new WebSocketProtocolException(CloseCode.INVALID_PAYLOAD, "peer sent text that is not UTF-8");
        }
        int end = bytes.length - validator.unfinishedBytes();
        unfinished = end == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, end, bytes.length);
        return new String(bytes, 0, end, UTF_8);
    }
}
