package dev.gatehouse.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, for one page. Where there is none, the test that asks for it is left out. */
final class Browser implements AutoCloseable {
    /** Opens a session, sends text and bytes, waits for the server's Close and reports what it saw. */
    static final String PAGE = """
            <!doctype html><title>page</title><script>
            const saw = { text: false, binary: false };
            const text = 'Grüße 𝄞 '.repeat(5000);
            const bytes = new Uint8Array(1 << 20).map((_, i) => i % 251);
            const session = new WebSocket('ws://' + location.host + '/socket?x=%20', ['v1.page', 'v2.page']);
            session.binaryType = 'arraybuffer';
            session.onopen = () => {
              saw.protocol = session.protocol;
              saw.extensions = session.extensions;
              session.send(text);
              session.send(bytes);
            };
            session.onmessage = event => {
              if (typeof event.data === 'string') {
                saw.text = event.data === text;
              } else {
                const back = new Uint8Array(event.data);
                saw.binary = back.length === bytes.length && back.every((value, i) => value === bytes[i]);
              }
            };
            session.onclose = event => {
              Object.assign(saw, { code: event.code, reason: event.reason, clean: event.wasClean });
              fetch('/report', { method: 'POST', body: JSON.stringify(saw) });
            };
            </script>
            """;

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path profile;

    private Browser(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
    }

    /** Opens a page; every name leads to 127.0.0.1. */
    static Browser open(String url) throws IOException {
        String path = System.getenv("PATH");
        assumeTrue(
                path != null
                        && Arrays.stream(path.split(File.pathSeparator))
                                .anyMatch(each -> Files.isExecutable(Path.of(each, "chromium"))),
                "no chromium on the PATH");
        Path profile = Files.createTempDirectory("browser");
        Process process = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--host-resolver-rules=MAP * 127.0.0.1",
                        "--remote-debugging-port=0", // else it ends with the page
                        "--user-data-dir=" + profile,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log.txt").toFile())
                .start();
        return new Browser(process, profile);
    }

    /** What the page reports. */
    <T> T await(BlockingQueue<T> reports) throws InterruptedException, IOException {
        T report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("the page reported nothing: " + Files.readString(profile.resolve("log.txt")));
        }
        return report;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
