package dev.gatehouse.gateway;

import dev.gatehouse.model.CustomErrorPage.Source;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
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
final class ErrorPageLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorPageLoader.class);
    private static final int MOST_BYTES = 1024 * 1024;

    private final Map<Source, Optional<byte[]>> loaded = new HashMap<>();
    private final long limitNanos;
    private final long start = System.nanoTime();

    ErrorPageLoader(Duration longest) {
        this.limitNanos = longest.toNanos();
    }

    /** A page's bytes, or empty if the built-in one stands in. */
    Optional<byte[]> load(Source source) {
        return loaded.computeIfAbsent(source, this::read);
    }

    private Optional<byte[]> read(Source source) {
        try {
            if (source instanceof Source.File file) {
                try (InputStream in = Files.newInputStream(file.path())) {
                    return Optional.of(bounded(in));
                }
            }
            if (source instanceof Source.Web web) {
                return Optional.of(fetch(web.url()));
            }
        } catch (IOException e) {
            LOG.warn(
                    "the error page {} is not used, the built-in one stands in: {} [VAL-37]",
                    name(source),
                    e.toString());
        }
        return Optional.empty(); // Source.BuiltIn: said when the file was read
    }

    private byte[] fetch(URI url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        try {
            connection.setConnectTimeout(millisLeft());
            connection.setReadTimeout(millisLeft());
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("the answer is " + status + ", not 200");
            }
            try (InputStream in = connection.getInputStream()) {
                return bounded(in);
            }
        } finally {
            connection.disconnect();
        }
    }

    private byte[] bounded(InputStream in) throws IOException {
        byte[] page = new byte[MOST_BYTES + 1];
        int size = 0;
        int count = in.read(page);
        while (count > 0) {
            size += count;
            millisLeft(); // a server may send a byte now and then for ever
            count = in.read(page, size, page.length - size);
        }
        if (size > MOST_BYTES) {
            throw new IOException("it is larger than 1 MB");
        }
        return Arrays.copyOf(page, size);
    }

    private int millisLeft() throws SocketTimeoutException {
        long left = (limitNanos - (System.nanoTime() - start)) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("there was no time left for it");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    private static String name(Source source) {
        return source instanceof Source.Web web ? web.url().toString() : source.toString();
    }
}
