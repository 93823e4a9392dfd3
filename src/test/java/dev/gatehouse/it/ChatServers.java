package dev.gatehouse.it;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Two Socket.IO servers that know nothing of each other's sessions, as two instances without a shared store. */
final class ChatServers {
    final int first;
    final int second;
    /** What either was told, with its name and the transport that carried it. */
    final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private ChatServers(int first, int second) {
        this.first = first;
        this.second = second;
    }

    static ChatServers start() throws IOException {
        ChatServers servers = new ChatServers(Backends.freePort(), Backends.freePort());
        servers.start("first", servers.first);
        servers.start("second", servers.second);
        return servers;
    }

    private void start(String name, int port) {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(1);
        configuration.setRandomSession(true);
        SocketIOServer server = new SocketIOServer(configuration);
        server.addEventListener("say", String.class, (client, text, ack) -> {
            heard.add(name + " " + client.getTransport() + " " + text);
            client.sendEvent("said", List.of(name, client.getTransport().name(), text));
            ack.sendAckData(name, client.getTransport().name(), text);
        });
        server.start();
    }
}
