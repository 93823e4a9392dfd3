package dev.gatehouse.testkit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody else's WebSocket server that compresses: Netty's. Echoes whole messages. */
public final class DeflatingServer implements AutoCloseable {
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final AtomicLong received = new AtomicLong();
    private final Channel channel;

    /** What it agrees to. */
    public enum Kind {
        CONTEXT_KEPT(false, false),
        ITS_CONTEXT_FORGOTTEN(true, false),
        BOTH_FORGOTTEN(true, true);

        private final boolean mayForget;
        private final boolean wantsForgetting;

        Kind(boolean mayForget, boolean wantsForgetting) {
            this.mayForget = mayForget;
            this.wantsForgetting = wantsForgetting;
        }
    }

    private DeflatingServer(Kind kind) {
        channel = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel child) {
                        child.pipeline()
                                .addLast(new Count())
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(65536))
                                .addLast(new WebSocketServerExtensionHandler(
                                        new PerMessageDeflateServerExtensionHandshaker(
                                                6, true, 15, kind.mayForget, kind.wantsForgetting, MAX_BYTES)))
                                .addLast(new WebSocketServerProtocolHandler("/", null, true, MAX_BYTES))
                                .addLast(new WebSocketFrameAggregator(MAX_BYTES))
                                .addLast(new Echo());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    public static DeflatingServer start(Kind kind) {
        return new DeflatingServer(kind);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Bytes that came over the wire, handshakes too. */
    public long receivedBytes() {
        return received.get();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Count extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received.addAndGet(((ByteBuf) message).readableBytes());
            context.fireChannelRead(message);
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            context.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}
