package dev.gatehouse.embedded;

import dev.gatehouse.model.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether all sockets can be had, asked before the first of them is opened for good. Stateless. */
final class Ports {
    private Ports() {}

    /**
     * Binds all addresses together, then lets go of them again.
     *
     * @throws StartRefusedException with one line for each that cannot be bound
     */
    static void requireFree(Collection<ListenerSocket> sockets) throws StartRefusedException {
        List<ServerSocket> held = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ListenerSocket socket : sockets) {
            try {
                held.add(bind(socket.address()));
            } catch (IOException e) {
                problems.add(refusal(socket, String.valueOf(e.getMessage())));
            }
        }
        for (ServerSocket socket : held) {
            try {
                socket.close();
            } catch (IOException e) {
                problems.add("cannot let go of " + socket.getLocalSocketAddress() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new StartRefusedException(problems);
        }
    }

    private static ServerSocket bind(ListenAddress address) throws IOException {
        InetSocketAddress target = new InetSocketAddress(address.address(), address.port());
        if (target.isUnresolved()) {
            throw new IOException("no such host on this machine");
        }
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true); // as Tomcat does; otherwise connections in TIME_WAIT would look like a user
            socket.bind(target);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What is told of a socket that cannot be had. */
    static String refusal(ListenerSocket socket, String cause) {
        return what(socket) + ": " + cause + ". " + cure(socket, cause.toLowerCase(Locale.ROOT));
    }

    private static String what(ListenerSocket socket) {
        String admin = socket.use() == ListenerSocket.Use.ADMIN ? "admin.listen: " : "";
        return admin + "cannot listen on " + socket.address();
    }

    private static String cure(ListenerSocket socket, String message) {
        if (socket.use() == ListenerSocket.Use.ADMIN) {
            return "Stop what listens there ('ss -ltnp' names it), or name an address of this machine and another port"
                    + " under admin.listen of the local file.";
        }
        if (message.contains("in use")) {
            return "Stop what listens there ('ss -ltnp' names it), or open another port: listen.ports of the local file.";
        }
        if (message.contains("permission")) {
            return "Ports below 1024 need a privilege; map " + socket.address().port()
                    + " to a higher one under listen.ports of the local file.";
        }
        return "Correct listen.address or listen.frontends of the local file: it must be an address of this machine.";
    }
}
