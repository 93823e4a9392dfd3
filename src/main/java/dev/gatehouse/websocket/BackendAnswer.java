package dev.gatehouse.websocket;

import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend's answer to our handshake: its head, and the open connection with what follows. Becomes a session, or is
 * read as a body and closed. Confined to one exchange.
 */
final class BackendAnswer implements AutoCloseable {
    private final Upstream upstream;
    private final ResponseHead head;
    private final ByteBuffer rest;
    private final BackendSocket socket;
    private final Wire wire;
    private final BackendSender sender;
    private final ZlibPools zlib;
    private boolean isHandedOver;

    BackendAnswer(
            Upstream upstream,
            ResponseHead head,
            ByteBuffer rest,
            BackendSocket socket,
            Wire wire,
            BackendSender sender,
            ZlibPools zlib) {
        this.upstream = upstream;
        this.head = head;
        this.rest = rest;
        this.socket = socket;
        this.wire = wire;
        this.sender = sender;
        this.zlib = zlib;
    }

    ResponseHead head() {
        return head;
    }

    /** Whether the backend switched to WebSocket, and did it right. */
    boolean isAccepted() {
        return head.status() == 101;
    }

    /** What came together with the head. */
    ByteBuffer rest() {
        return rest;
    }

    /**
     * Waits for more of a body.
     *
     * @param silence longest wait
     * @return plain bytes, perhaps none; null at the end of the connection
     */
    @Nullable
    ByteBuffer next(Duration silence) throws IOException {
        @Nullable ByteBuffer raw = wire.isEnded() ? null : socket.take(System.nanoTime() + silence.toNanos());
        return raw == null ? null : wire.decode(raw);
    }

    /** Who gave it, and has it in flight until it is closed, or the session it becomes is over. */
    Upstream upstream() {
        return upstream;
    }

    /** Makes it a session; from then on closing it does nothing. */
    BackendSession session(long maxMessageBytes) {
        isHandedOver = true;
        return new BackendSession(socket, wire, sender, rest, reader(maxMessageBytes));
    }

    private FrameReader reader(long maxMessageBytes) {
        Optional<DeflateTerms> terms = DeflateTerms.of(head); // checked: only if we offered it
        terms.ifPresent(agreed -> sender.compress(zlib.deflater(agreed)));
        return new FrameReader(maxMessageBytes, terms.map(zlib::inflater).orElse(null));
    }

    /** The loop that watches the connection. */
    BackendLoop loop() {
        return socket.loop();
    }

    /** Leaves it to a relay; from then on closing it does nothing. */
    void handOver() {
        isHandedOver = true;
    }

    /** What the backend sent after its head, in order. On the loop, once. */
    List<ByteBuffer> early() throws IOException {
        List<ByteBuffer> plain = new ArrayList<>();
        plain.add(rest);
        for (ByteBuffer raw : socket.handOver()) {
            plain.add(wire.decode(raw));
        }
        return plain;
    }

    /** The connection as a side of a relay. On the loop, once. */
    RelayLeg leg(Relay relay) throws IOException {
        return new RelaySocket(socket.loop(), socket.channel(), wire, socket::close, relay);
    }

    /** Cuts the connection, whoever has it. */
    void cut() {
        socket.close();
    }

    @Override
    public void close() {
        if (!isHandedOver) {
            socket.close();
            upstream.ended();
        }
    }
}
