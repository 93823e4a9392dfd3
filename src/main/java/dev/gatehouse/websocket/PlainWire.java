package dev.gatehouse.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;

/** No layer at all. As {@link Wire} says. */
final class PlainWire implements Wire {
    private final Outbox outbox;

    PlainWire(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public ByteBuffer decode(ByteBuffer raw) {
        return raw;
    }

    @Override
    public boolean isEnded() {
        return false; // the connection's own end says it
    }

    @Override
    public void write(ByteBuffer plain) throws IOException {
        outbox.write(plain);
    }

    @Override
    public boolean flush() throws IOException {
        return outbox.flush();
    }

    @Override
    public void end() {} // the end of the connection says it all
}
