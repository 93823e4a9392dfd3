package dev.gatehouse.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A proxy that answers.
 *
 * @param peer which
 * @param process its process, pinned
 * @param port where it listens
 */
record RunningPeer(Peer peer, ChildProcess process, int port) implements AutoCloseable {
    private static final long START_NANOS = 30_000_000_000L;
    private static final int POLL_MILLIS = 100;
    private static final int TIMEOUT_MILLIS = 2000;

    /**
     * Starts the proxy and waits for its first answer.
     *
     * @throws IOException with the end of its log if it ends or stays silent for 30 s
     */
    static RunningPeer start(Peer peer, Laboratory laboratory, BenchCase benchCase)
            throws IOException, InterruptedException {
        boolean isTls = benchCase.traffic() == BenchCase.Traffic.HTTPS;
        Path folder = laboratory.folder().resolve(benchCase.id()).resolve(peer.name());
        Files.createDirectories(folder);
        PeerSite site = new PeerSite(
                folder,
                Tools.freePort(),
                laboratory.backendPort(),
                laboratory.options().connectionsOf(benchCase) * 5 / 4 + 10,
                isTls ? laboratory.keys() : null);
        List<String> command = laboratory.pinning().onProxyCore(peer.prepare(site));
        ChildProcess process = ChildProcess.logging(command, folder.resolve("process.log"));
        RunningPeer running = new RunningPeer(peer, process, site.port());
        try {
            running.awaitAnswer(isTls);
            return running;
        } catch (IOException | InterruptedException e) {
            running.close();
            throw e;
        }
    }

    private void awaitAnswer(boolean isTls) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_NANOS;
        while (!(isTls ? accepts() : answers())) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("gave no answer:\n" + process.logTail());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(Tools.loopback(port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
