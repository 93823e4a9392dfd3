package dev.gatehouse.websocket;

import dev.gatehouse.observe.MessageCounts;
import java.util.concurrent.atomic.AtomicLong;

/** What went in one direction of a session. Counted by one thread at a time, read by any. */
final class Traffic {
    private final MessageCounts all;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private long messageBytes;

    /**
     * Creates one.
     *
     * @param all what goes in this direction in all sessions
     */
    Traffic(MessageCounts all) {
        this.all = all;
    }

    /** Counts a piece of a message of a type; tells how long the message has become. */
    long count(int type, long pieceBytes, boolean isLast) {
        bytes.setRelease(bytes.getPlain() + pieceBytes); // one writer: no fence is needed
        all.passed(pieceBytes);
        messageBytes += pieceBytes;
        long length = messageBytes;
        if (isLast) {
            messages.setRelease(messages.getPlain() + 1);
            all.message(type == FrameHeader.TEXT);
            messageBytes = 0;
        }
        return length;
    }

    long messages() {
        return messages.getAcquire();
    }

    long bytes() {
        return bytes.getAcquire();
    }
}
