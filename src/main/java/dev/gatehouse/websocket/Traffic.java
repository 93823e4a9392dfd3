package dev.gatehouse.websocket;

import java.util.concurrent.atomic.AtomicLong;

/** What went in one direction. Counted by one thread at a time, read by any. */
final class Traffic {
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private long messageBytes;

    /** Counts a piece; tells how long its message has become. */
    long count(long pieceBytes, boolean isLast) {
        bytes.setRelease(bytes.getPlain() + pieceBytes); // one writer: no fence is needed
        messageBytes += pieceBytes;
        long length = messageBytes;
        if (isLast) {
            messages.setRelease(messages.getPlain() + 1);
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
