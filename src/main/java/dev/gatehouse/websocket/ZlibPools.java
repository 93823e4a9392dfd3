package dev.gatehouse.websocket;

import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** What all sessions need to compress, and share. Thread-safe. */
final class ZlibPools implements AutoCloseable {
    private final ZlibPool<Deflater> deflaters = ZlibPool.ofDeflaters();
    private final ZlibPool<Inflater> inflaters = ZlibPool.ofInflaters();
    private final BufferPool buffers;

    ZlibPools(BufferPool buffers) {
        this.buffers = buffers;
    }

    /** For what one session sends. */
    MessageDeflater deflater(DeflateTerms terms) {
        return new MessageDeflater(deflaters, buffers, terms.weForget());
    }

    /** For what one session reads. */
    MessageInflater inflater(DeflateTerms terms) {
        return new MessageInflater(inflaters, buffers, terms.backendForgets());
    }

    /** How many streams sessions hold at this moment, each with memory outside the heap. */
    int heldStreams() {
        return deflaters.taken() + inflaters.taken();
    }

    @Override
    public void close() {
        deflaters.close();
        inflaters.close();
    }
}
