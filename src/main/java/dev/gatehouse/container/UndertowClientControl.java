package dev.gatehouse.container;

import dev.gatehouse.websocket.ClientControl;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Undertow's sessions (WildFly): it reads ahead without bound while a handler blocks, unless its channel is told to stop.
 * Needs no Undertow class to be loaded. Thread-safe.
 */
public final class UndertowClientControl implements ClientControl {
    private static final String SESSION = "io.undertow.websockets.jsr.UndertowSession";

    private volatile Optional<Channel> channel = Optional.empty();

    private record Channel(MethodHandle of, MethodHandle suspend, MethodHandle resume, MethodHandle forceClose) {}

    /** For {@link java.util.ServiceLoader}. */
    public UndertowClientControl() {}

    @Override
    public void prepare(ServerContainer container) {}

    @Override
    public boolean knows(Session session) {
        return session.getClass().getName().equals(SESSION);
    }

    @Override
    public boolean cut(Session session) {
        try {
            channel(session).forceClose().invoke(session);
            return true;
        } catch (Throwable e) {
            return Reflection.failed("cut a session", e);
        }
    }

    @Override
    public void pauseReading(Session session) {
        try {
            Channel known = channel(session);
            known.suspend().invoke(known.of().invoke(session));
        } catch (Throwable e) {
            Reflection.failed("pause a session", e);
        }
    }

    @Override
    public void resumeReading(Session session) {
        try {
            Channel known = channel(session);
            known.resume().invoke(known.of().invoke(session));
        } catch (Throwable e) {
            Reflection.failed("resume a session", e);
        }
    }

    private Channel channel(Session session) throws ReflectiveOperationException {
        if (channel.isEmpty()) {
            Class<?> type = session.getClass();
            Class<?> webSocketChannel = type.getMethod("getWebSocketChannel").getReturnType();
            channel = Optional.of(new Channel(
                    Reflection.method(type, "getWebSocketChannel"),
                    Reflection.method(webSocketChannel, "suspendReceives"),
                    Reflection.method(webSocketChannel, "resumeReceives"),
                    Reflection.method(type, "forceClose")));
        }
        return channel.get();
    }
}
