package dev.gatehouse.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connection that was gone before it could be watched. */
final class LostLeg implements RelayLeg {
    @Override
    public @Nullable ByteBuffer read(ByteBuffer scratch) {
        return null;
    }

    @Override
    public void write(ByteBuffer plain) {
        plain.position(plain.limit()); // there is nobody
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void want(boolean reading, boolean writing) {}

    @Override
    public void close() {}
}
