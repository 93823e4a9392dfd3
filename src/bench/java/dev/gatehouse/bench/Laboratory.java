package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/**
 * What stays the same for all proxies of a run: backend and load generator, warm and on their own core.
 *
 * @param options what the run does
 * @param pinning which core is whose
 * @param folder where proxies keep their files and logs
 * @param keys for the HTTPS case
 * @param backend the backend's process
 * @param backendPort its port
 * @param load the load generator's process
 */
record Laboratory(
        BenchOptions options,
        Pinning pinning,
        Path folder,
        TlsKeys keys,
        ChildProcess backend,
        int backendPort,
        ChildProcess load)
        implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final Duration ORDER_PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SMALL_JVM = List.of("-XX:+UseSerialGC", "-Xmx512m");

    static Laboratory open(BenchOptions options, Pinning pinning, Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        TlsKeys keys = TlsKeys.create(Files.createTempDirectory(folder, "keys"));
        ChildProcess backend = start(Backend.class, pinning, folder);
        try {
            int port = Integer.parseInt(backend.readLine(START_PATIENCE));
            ChildProcess load = start(LoadGenerator.class, pinning, folder);
            return new Laboratory(options, pinning, folder, keys, backend, port, load);
        } catch (IOException | RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    /** Lets the load generator work on one proxy; returns its answer. */
    String order(BenchCase benchCase, RunningPeer peer, int seconds) throws IOException, InterruptedException {
        LoadOrder order = new LoadOrder(
                benchCase,
                peer.port(),
                options.connectionsOf(benchCase),
                options.depthOf(benchCase),
                Duration.ofSeconds(seconds).toMillis(),
                peer.process().pid(),
                pinning.proxyCore(),
                backend.pid());
        load.writeLine(order.line());
        return load.readLine(ORDER_PATIENCE.plusSeconds(seconds));
    }

    private static ChildProcess start(Class<?> main, Pinning pinning, Path folder) throws IOException {
        List<String> command = pinning.onLoadCore(Tools.java(SMALL_JVM, main, List.of()));
        return ChildProcess.talking(command, folder.resolve(main.getSimpleName() + ".log"));
    }

    @Override
    public void close() {
        load.close();
        backend.close();
    }
}
