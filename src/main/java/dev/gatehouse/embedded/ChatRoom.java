package dev.gatehouse.embedded;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket side of the sample backends: a text goes to everybody in the room, its sender included; bytes go back to
 * their sender. Thread-safe.
 */
final class ChatRoom extends Endpoint {
    static final String PATH = "/chat";
    private static final Logger LOG = LoggerFactory.getLogger(ChatRoom.class);
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final Map<Session, Member> members = new ConcurrentHashMap<>();

    /** One of this room for all connections. */
    ServerEndpointConfig endpointConfig() {
        return ServerEndpointConfig.Builder.create(ChatRoom.class, PATH)
                .subprotocols(List.of("chat", "superchat"))
                .configurator(new Configurator(this))
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(MAX_MESSAGE_BYTES);
        session.setMaxBinaryMessageBufferSize(MAX_MESSAGE_BYTES);
        Member member = new Member(session);
        members.put(session, member);
        session.addMessageHandler(String.class, this::broadcast);
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) member::echo);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        members.remove(session);
    }

    @Override
    public void onError(Session session, Throwable cause) {
        LOG.debug("chat session {}", session.getId(), cause);
    }

    private void broadcast(String text) {
        members.values().forEach(member -> member.send(text));
    }

    /** Sends to one session, one message at a time. */
    private static final class Member {
        private final Session session;
        private final ReentrantLock sending = new ReentrantLock(); // a send lock, held around I/O on purpose

        Member(Session session) {
            this.session = session;
        }

        void send(String text) {
            attempt(() -> session.getBasicRemote().sendText(text));
        }

        void echo(ByteBuffer bytes) {
            attempt(() -> session.getBasicRemote().sendBinary(bytes));
        }

        private void attempt(Send send) {
            sending.lock();
            try {
                if (session.isOpen()) {
                    send.run();
                }
            } catch (IOException e) {
                LOG.debug("chat session {} is gone", session.getId(), e); // its onClose follows
            } finally {
                sending.unlock();
            }
        }
    }

    private interface Send {
        void run() throws IOException;
    }

    private static final class Configurator extends ServerEndpointConfig.Configurator {
        private final ChatRoom room;

        Configurator(ChatRoom room) {
            this.room = room;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(room);
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            if (requested.contains("superchat")) {
                return "superchat";
            }
            return requested.contains("chat") ? "chat" : "";
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }
    }
}
