package dev.gatehouse.websocket;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Masking keys nobody can foresee (RFC 6455 §10.3), drawn a kilobyte at a time: one call of the generator serves many
 * frames. Thread-safe.
 */
final class MaskKeys {
    private static final int BLOCK_BYTES = 1024;

    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteBuffer keys = ByteBuffer.wrap(block).limit(0);

    int next() {
        lock.lock();
        try {
            if (!keys.hasRemaining()) {
                random.nextBytes(block);
                keys.clear();
            }
            return keys.getInt();
        } finally {
            lock.unlock();
        }
    }
}
