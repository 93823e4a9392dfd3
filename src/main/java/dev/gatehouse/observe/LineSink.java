package dev.gatehouse.observe;

import java.io.Closeable;
import java.io.IOException;

/** Where lines end up. Confined to one thread. */
interface LineSink extends Closeable {
    /** Takes whole lines, or none of them if it throws. */
    void write(byte[] lines, int count) throws IOException;
}
