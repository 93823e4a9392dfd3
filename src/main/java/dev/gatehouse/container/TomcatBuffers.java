package dev.gatehouse.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that Tomcat gives to each connection, 16 KB and more: too much for one that waits. They are taken away
 * while Tomcat does not use them, and put back before it closes the connection and keeps them for the next. Confined to
 * one connection.
 */
final class TomcatBuffers {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final @Nullable Fields FIELDS = fields();

    private final NioChannel channel;
    private final Fields fields;
    private final int readBytes;
    private final int writeBytes;
    private final boolean isDirect;
    private final int netInBytes;
    private final int netOutBytes;
    private final boolean isNetDirect;

    private record Fields(VarHandle read, VarHandle write, VarHandle netIn, VarHandle netOut) {}

    private static @Nullable Fields fields() {
        try {
            MethodHandles.Lookup plain =
                    MethodHandles.privateLookupIn(SocketBufferHandler.class, MethodHandles.lookup());
            MethodHandles.Lookup secure = MethodHandles.privateLookupIn(SecureNioChannel.class, MethodHandles.lookup());
            return new Fields(
                    plain.findVarHandle(SocketBufferHandler.class, "readBuffer", ByteBuffer.class),
                    plain.findVarHandle(SocketBufferHandler.class, "writeBuffer", ByteBuffer.class),
                    secure.findVarHandle(SecureNioChannel.class, "netInBuffer", ByteBuffer.class),
                    secure.findVarHandle(SecureNioChannel.class, "netOutBuffer", ByteBuffer.class));
        } catch (ReflectiveOperationException e) {
            Reflection.failed("take the buffers of upgraded sockets away", e);
            return null;
        }
    }

    static boolean isKnown() {
        return FIELDS != null;
    }

    /** Takes the buffers of a connection away; nothing that was read may be left in them but what {@link #encrypted} gives. */
    TomcatBuffers(NioChannel channel) {
        Fields known = FIELDS;
        if (known == null) {
            throw new IllegalStateException("this Tomcat hides its buffers");
        }
        this.channel = channel;
        this.fields = known;
        SocketBufferHandler handler = channel.getBufHandler();
        ByteBuffer read = (ByteBuffer) known.read().get(handler);
        this.readBytes = read.capacity();
        this.isDirect = read.isDirect();
        this.writeBytes = ((ByteBuffer) known.write().get(handler)).capacity();
        known.read().set(handler, NOTHING);
        known.write().set(handler, NOTHING);
        if (channel instanceof SecureNioChannel) {
            ByteBuffer in = (ByteBuffer) known.netIn().get(channel);
            this.netInBytes = in.capacity();
            this.isNetDirect = in.isDirect();
            this.netOutBytes = ((ByteBuffer) known.netOut().get(channel)).capacity();
            known.netIn().set(channel, NOTHING);
            known.netOut().set(channel, NOTHING);
        } else {
            this.netInBytes = 0;
            this.netOutBytes = 0;
            this.isNetDirect = false;
        }
    }

    /** What a connection read and has not decrypted; a copy. */
    static ByteBuffer encrypted(NioChannel channel) {
        Fields known = FIELDS;
        if (known == null || !(channel instanceof SecureNioChannel)) {
            return NOTHING;
        }
        ByteBuffer in = ((ByteBuffer) known.netIn().get(channel)).duplicate().flip();
        return ByteBuffer.allocate(in.remaining()).put(in).flip();
    }

    /** Gives new ones. */
    void restore() {
        SocketBufferHandler handler = channel.getBufHandler();
        fields.read().set(handler, buffer(readBytes, isDirect));
        fields.write().set(handler, buffer(writeBytes, isDirect));
        handler.reset();
        if (channel instanceof SecureNioChannel) {
            fields.netIn().set(channel, buffer(netInBytes, isNetDirect));
            fields.netOut().set(channel, buffer(netOutBytes, isNetDirect).limit(0));
        }
    }

    private static ByteBuffer buffer(int bytes, boolean isDirect) {
        return isDirect ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }
}
