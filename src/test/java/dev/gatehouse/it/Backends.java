package dev.gatehouse.it;

import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.TestTokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The backends of {@code src/test/resources/it/gateway.json}, and the files a home is started with: that file as it is,
 * and beside it a {@code gatehouse.local.json} that says which ports the listeners have here and where the backends
 * are.
 */
final class Backends {
    private int nobody;
    static final String PAGE_405 = "<html><p>The gateway does not take this method.</p></html>\n";
    static final String PAGE_502 = "<html><p>Back in a minut\u00e9.</p></html>\n";
    /** Issues the tokens that some listeners ask for; its keys lie beside the gateway file. */
    final TestTokens tokens = new TestTokens();

    final RecordingBackend plain = start();
    /** Members of pool {@code two}; alone they are the pools {@code images} and {@code videos}. */
    final RecordingBackend first = start();

    final RecordingBackend second = start();
    /** Members of pool {@code spare}, which is probed once only: a member that goes stays eligible. */
    final RecordingBackend spareFirst = start();

    final RecordingBackend spareSecond = start();
    /** Probed every second, out after two failures. */
    final RecordingBackend probed = start();

    /** Members of pool {@code applications}. */
    final ChatServers chats = startChats();

    private static ChatServers startChats() {
        try {
            return ChatServers.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordingBackend start() {
        try {
            return new RecordingBackend();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reset() throws IOException {
        for (RecordingBackend backend : all()) {
            backend.reset();
        }
    }

    private List<RecordingBackend> all() {
        return List.of(plain, first, second, spareFirst, spareSecond, probed);
    }

    /** How many connections the gateway has to them. */
    int connections() {
        return all().stream().mapToInt(RecordingBackend::openConnections).sum();
    }

    /** Writes both files; the first's path is returned. */
    Path writeFiles(Path directory, int httpPort, int extraPort, int httpsPort) {
        return writeFiles(directory, httpPort, extraPort, httpsPort, 0);
    }

    Path writeFiles(Path directory, int httpPort, int extraPort, int httpsPort, int adminPort) {
        try (InputStream gateway = Backends.class.getResourceAsStream("/it/gateway.json")) {
            Files.createDirectories(directory);
            Path file = directory.resolve("gateway.json");
            Files.write(file, gateway.readAllBytes());
            Files.writeString(
                    directory.resolve("gatehouse.local.json"), local(httpPort, extraPort, httpsPort, adminPort));
            Path pages = Files.createDirectories(directory.resolve("pages"));
            Files.writeString(pages.resolve("405.html"), PAGE_405);
            Files.writeString(pages.resolve("502.html"), PAGE_502);
            Files.writeString(directory.resolve("keys.json"), tokens.keySet());
            Files.writeString(directory.resolve("clients.pem"), ClientCertificates.ROOT.pem());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String local(int httpPort, int extraPort, int httpsPort, int adminPort) throws IOException {
        return String.format(
                """
                {
                  "listen": { "address": "127.0.0.1", "ports": { "80": %d, "8080": %d, "443": %d } },
                  "addresses": {
                    "10.0.0.1": "127.0.0.1:%d",
                    "plain.backend.example": "127.0.0.1:%4$d",
                    "10.0.0.2": "127.0.0.1:%d",
                    "10.0.0.3": "127.0.0.1:%d",
                    "10.0.0.4": "127.0.0.1:%d",
                    "10.0.0.5": "127.0.0.1:%d",
                    "10.0.0.6": "127.0.0.1:%d",
                    "10.0.0.7": "127.0.0.1:%d",
                    "10.0.0.8": "127.0.0.1:%d",
                    "10.0.0.9": "127.0.0.1:%d"
                  },
                  "webSocket": { "modes": { "relayed": "relay", "applications-relayed": "relay" } },
                  "admin": { "listen": "%s" },
                  "tokens": { "keys": "keys.json" },
                  "certificates": { "*": { "selfSigned": true } },
                  "trust": { "clients": { "pem": "clients.pem" } }
                }
                """,
                httpPort,
                extraPort,
                httpsPort,
                plain.port(),
                first.port(),
                second.port(),
                spareFirst.port(),
                spareSecond.port(),
                probed.port(),
                nobody(),
                chats.first,
                chats.second,
                adminPort == 0 ? "off" : "127.0.0.1:" + adminPort);
    }

    /** A port on which nobody listens, always the same. */
    private int nobody() throws IOException {
        if (nobody == 0) {
            nobody = freePort();
        }
        return nobody;
    }

    /** A port on which nobody listens. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** One character for each byte, as {@link dev.gatehouse.testkit.Wire#write(String)} takes them. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
