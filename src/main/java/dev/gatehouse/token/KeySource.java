package dev.gatehouse.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Reads key sets from files and from the web, bounded in time and size. Thread-safe. */
final class KeySource implements AutoCloseable {
    static final int MOST_BYTES = 512 * 1024;

    private final Duration longest;
    // Cuts what takes too long, wherever it stands: a time-out of sockets would begin anew with every byte.
    private final ScheduledThreadPoolExecutor watch;

    private final Set<HttpGet> running = ConcurrentHashMap.newKeySet();

    KeySource(Duration longest) {
        this.longest = longest;
        this.watch = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "token-keys-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
    }

    static boolean isFile(URI address) {
        return "file".equalsIgnoreCase(address.getScheme());
    }

    static byte[] readFile(URI address) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(address))) {
            return bounded(in);
        } catch (IllegalArgumentException e) {
            throw new IOException("it names no file of this machine: " + e.getMessage(), e);
        }
    }

    private static byte[] bounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("it is larger than " + MOST_BYTES + " bytes");
        }
        return bytes;
    }

    byte[] read(URI address) throws IOException {
        return isFile(address) ? readFile(address) : fetch(address);
    }

    private byte[] fetch(URI address) throws IOException {
        HttpGet request = new HttpGet(address);
        request.setHeader(HttpHeaders.ACCEPT, "application/json, application/jwk-set+json");
        running.add(request);
        AtomicBoolean isLate = new AtomicBoolean();
        Future<?> limit = watch.schedule(
                () -> {
                    isLate.set(true);
                    request.cancel();
                },
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try (CloseableHttpClient web = newClient()) {
            return web.execute(request, KeySource::bodyOf);
        } catch (IOException e) {
            if (isLate.get()) {
                throw new IOException("there was no whole answer within " + longest.toMillis() + " ms", e);
            }
            throw e;
        } finally {
            limit.cancel(false);
            running.remove(request);
        }
    }

    // Asked once an hour, so there is nothing to keep. A redirect could lead from https to http, and to whomever.
    private CloseableHttpClient newClient() {
        ConnectionConfig limits = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(longest))
                .setSocketTimeout(Timeout.of(longest))
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(limits)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static byte[] bodyOf(ClassicHttpResponse response) throws IOException {
        @Nullable HttpEntity body = response.getEntity();
        if (response.getCode() != HttpStatus.SC_OK || body == null) {
            throw new IOException("the answer is " + response.getCode() + ", not 200");
        }
        return bounded(body.getContent());
    }

    @Override
    public void close() {
        watch.shutdownNow();
        running.forEach(HttpGet::cancel);
    }
}
