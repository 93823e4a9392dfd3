package dev.gatehouse.websocket;

import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import java.util.List;
import java.util.ServiceLoader;

/** The {@link ClientControl}s of this class path. Immutable. */
final class KnownControls {
    static final List<ClientControl> CONTROLS =
            ServiceLoader.load(ClientControl.class, ClientControl.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
    static final ClientControl NONE = new None();

    private KnownControls() {}

    /** For containers without extras, and for those whose blocked handler is back-pressure enough. */
    private static final class None implements ClientControl {
        @Override
        public void prepare(ServerContainer container) {}

        @Override
        public boolean knows(Session session) {
            return true;
        }

        @Override
        public boolean cut(Session session) {
            return false;
        }

        @Override
        public void pauseReading(Session session) {}

        @Override
        public void resumeReading(Session session) {}
    }
}
