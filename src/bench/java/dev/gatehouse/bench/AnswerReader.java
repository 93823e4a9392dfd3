package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the answers on one connection as they arrive and checks each. Confined to one thread. */
interface AnswerReader {
    /**
     * Takes everything in {@code in}.
     *
     * @return how many answers ended in it
     * @throws IOException if an answer is not the one expected
     */
    int read(ByteBuffer in) throws IOException;

    /** What the protocol makes us say before the next request (a pong), or null. */
    default ByteBuffer takeReply() {
        return null;
    }
}
