package dev.gatehouse.gateway;

import dev.gatehouse.fetch.WebDocuments;
import dev.gatehouse.model.CustomErrorPage.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets custom error pages when a configuration begins to be served; they are not fetched again (REQ-48). One that cannot
 * be had is said once, and the built-in page stands in (VAL-37). Size and time are bounded, the latter for all pages
 * together. Confined to one thread.
 */
final class ErrorPageLoader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorPageLoader.class);
    private static final int MOST_BYTES = 1024 * 1024;

    private final Map<Source, Optional<byte[]>> loaded = new HashMap<>();
    private final WebDocuments web = new WebDocuments("text/html", MOST_BYTES);
    private final Map<Source, byte[]> before;
    private final Duration longest;
    private final long start = System.nanoTime();

    /**
     * Creates one.
     *
     * @param longest time for all pages together
     * @param before pages that were had earlier: they stay where they cannot be had again
     */
    ErrorPageLoader(Duration longest, Map<Source, byte[]> before) {
        this.before = before;
        this.longest = longest;
    }

    /** A page's bytes, or empty if the built-in one stands in. */
    Optional<byte[]> load(Source source) {
        return loaded.computeIfAbsent(source, this::read);
    }

    private Optional<byte[]> read(Source source) {
        try {
            if (source instanceof Source.File file) {
                try (InputStream in = Files.newInputStream(file.path())) {
                    return Optional.of(WebDocuments.bounded(in, MOST_BYTES));
                }
            }
            if (source instanceof Source.Web page) {
                return Optional.of(web.get(page.url(), timeLeft()));
            }
        } catch (IOException e) {
            return instead(source, e);
        }
        return Optional.empty(); // Source.BuiltIn: said when the file was read
    }

    private Optional<byte[]> instead(Source source, IOException failure) {
        Optional<byte[]> old = Optional.ofNullable(before.get(source));
        LOG.warn(
                "the error page {} {}: {} [VAL-37]",
                name(source),
                old.isPresent() ? "stays as it was" : "is not used, the built-in one stands in",
                failure.toString());
        return old;
    }

    /** What was had, for the loader of the next configuration. */
    Map<Source, byte[]> pages() {
        Map<Source, byte[]> pages = new HashMap<>();
        loaded.forEach((source, bytes) -> bytes.ifPresent(page -> pages.put(source, page)));
        return pages;
    }

    private Duration timeLeft() throws IOException {
        Duration left = longest.minusNanos(System.nanoTime() - start);
        if (left.isNegative() || left.isZero()) {
            throw new IOException("there was no time left for it");
        }
        return left;
    }

    private static String name(Source source) {
        return source instanceof Source.Web page ? page.url().toString() : source.toString();
    }

    @Override
    public void close() {
        web.close();
    }
}
