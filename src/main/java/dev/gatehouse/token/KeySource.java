package dev.gatehouse.token;

import dev.gatehouse.fetch.WebDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads key sets from files and from the web, bounded in time and size. Thread-safe. */
final class KeySource implements AutoCloseable {
    static final int MOST_BYTES = 512 * 1024;

    private final Duration longest;
    private final WebDocuments web = new WebDocuments("application/json, application/jwk-set+json", MOST_BYTES);

    KeySource(Duration longest) {
        this.longest = longest;
    }

    static boolean isFile(URI address) {
        return "file".equalsIgnoreCase(address.getScheme());
    }

    static byte[] readFile(URI address) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(address))) {
            return WebDocuments.bounded(in, MOST_BYTES);
        } catch (IllegalArgumentException e) {
            throw new IOException("it names no file of this machine: " + e.getMessage(), e);
        }
    }

    byte[] read(URI address) throws IOException {
        return isFile(address) ? readFile(address) : web.get(address, longest);
    }

    @Override
    public void close() {
        web.close();
    }
}
