package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a proxy runs. Immutable.
 *
 * @param folder its files and its log; its own
 * @param port where it shall listen on 127.0.0.1
 * @param backendPort the backend on 127.0.0.1
 * @param connections how many connections will be open at most
 * @param keys key material if it shall speak TLS on its port, otherwise null
 */
record PeerSite(Path folder, int port, int backendPort, int connections, TlsKeys keys) {
    boolean isTls() {
        return keys != null;
    }

    Path write(String fileName, String text) throws IOException {
        return Files.writeString(folder.resolve(fileName), text);
    }
}
