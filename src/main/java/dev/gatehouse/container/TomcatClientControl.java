package dev.gatehouse.container;

import dev.gatehouse.websocket.ClientControl;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Tomcat's sessions: their connection can be ended without a Close. Reading needs no help, for a blocked handler stops
 * it. Needs no Tomcat class to be loaded. Thread-safe.
 */
public final class TomcatClientControl implements ClientControl {
    private static final String CONTAINER = "org.apache.tomcat.websocket.server.WsServerContainer";
    // Each session owns a buffer of this many characters, used or not; 8192 by default. Longer text comes in pieces.
    private static final int TEXT_CHARACTERS = 2048;
    private static final String SESSION = "org.apache.tomcat.websocket.WsSession";

    private volatile Optional<Endpoint> endpoint = Optional.empty();

    private record Endpoint(MethodHandle baseOf, MethodHandle close) {}

    /** For {@link java.util.ServiceLoader}. */
    public TomcatClientControl() {}

    @Override
    public void prepare(ServerContainer container) {
        if (container.getClass().getName().equals(CONTAINER)) {
            container.setDefaultMaxTextMessageBufferSize(TEXT_CHARACTERS);
        }
    }

    @Override
    public boolean knows(Session session) {
        return session.getClass().getName().equals(SESSION);
    }

    // WsSession.doClose always sends a frame first; WsRemoteEndpointImplBase.close does not (10.1 and 11).
    @Override
    public boolean cut(Session session) {
        try {
            Object remote = session.getBasicRemote();
            Endpoint known = endpoint(remote);
            known.close().invoke(known.baseOf().invoke(remote));
            return true;
        } catch (IllegalStateException e) {
            return true; // closed already
        } catch (Throwable e) {
            return Reflection.failed("cut a session", e);
        }
    }

    private Endpoint endpoint(Object remote) throws ReflectiveOperationException {
        if (endpoint.isEmpty()) {
            Class<?> base = Class.forName(
                    "org.apache.tomcat.websocket.WsRemoteEndpointImplBase",
                    false,
                    remote.getClass().getClassLoader());
            endpoint = Optional.of(
                    new Endpoint(Reflection.getter(remote.getClass(), "base"), Reflection.method(base, "close")));
        }
        return endpoint.get();
    }

    @Override
    public void pauseReading(Session session) {}

    @Override
    public void resumeReading(Session session) {}
}
