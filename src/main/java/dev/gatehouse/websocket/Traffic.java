package dev.gatehouse.websocket;

/** What went in one direction. Written by one thread at a time; read when the session has ended. */
final class Traffic {
    private long messages;
    private long bytes;
    private long messageBytes;

    /** Counts a piece; tells how long its message has become. */
    long count(long pieceBytes, boolean isLast) {
        bytes += pieceBytes;
        messageBytes += pieceBytes;
        long length = messageBytes;
        if (isLast) {
            messages++;
            messageBytes = 0;
        }
        return length;
    }

    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }
}
