package dev.gatehouse.fetch;

import dev.gatehouse.threads.OwnThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches small documents of one kind, seldom, so that nothing is kept between two of them. Thread-safe. */
public final class WebDocuments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebDocuments.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final String accept;
    private final int mostBytes;
    private final OwnThreads own = OwnThreads.named("gatehouse-fetch-watch");
    // Cuts what takes too long, wherever it stands: a time-out of sockets would begin anew with every byte.
    private final ScheduledThreadPoolExecutor watch;

    private final Set<HttpUriRequestBase> running = ConcurrentHashMap.newKeySet();

    /**
     * Creates it. Its one thread lives until it is closed.
     *
     * @param accept value of {@code Accept}
     * @param mostBytes largest document
     */
    public WebDocuments(String accept, int mostBytes) {
        this.accept = accept;
        this.mostBytes = mostBytes;
        this.watch = new ScheduledThreadPoolExecutor(1, own);
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Gets one document. Redirects are not followed: they could lead from https to http, and to whomever.
     *
     * @param address http or https
     * @param longest until its last byte
     * @return the body of an answer 200
     * @throws IOException if there is none in time, if it is too large, or if this was closed meanwhile
     */
    public byte[] get(URI address, Duration longest) throws IOException {
        return fetch(new HttpGet(address), longest);
    }

    /**
     * The same for a document that is the answer to another one.
     *
     * @param address http or https
     * @param contentType of what is sent
     * @param content what is sent
     * @param longest until the answer's last byte
     * @return the body of an answer 200
     * @throws IOException if there is none in time, if it is too large, or if this was closed meanwhile
     */
    public byte[] post(URI address, String contentType, byte[] content, Duration longest) throws IOException {
        HttpPost request = new HttpPost(address);
        request.setEntity(new ByteArrayEntity(content, ContentType.parse(contentType)));
        return fetch(request, longest);
    }

    private byte[] fetch(HttpUriRequestBase request, Duration longest) throws IOException {
        request.setHeader(HttpHeaders.ACCEPT, accept);
        running.add(request);
        AtomicBoolean isLate = new AtomicBoolean();
        Future<?> limit = watch.schedule(
                () -> {
                    isLate.set(true);
                    request.cancel();
                },
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try (CloseableHttpClient web = newClient(longest)) {
            return web.execute(request, this::bodyOf);
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

    private static CloseableHttpClient newClient(Duration longest) {
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

    private byte[] bodyOf(ClassicHttpResponse response) throws IOException {
        @Nullable HttpEntity body = response.getEntity();
        if (response.getCode() != HttpStatus.SC_OK || body == null) {
            throw new IOException("the answer is " + response.getCode() + ", not 200");
        }
        return bounded(body.getContent(), mostBytes);
    }

    /**
     * Reads a small document to its end.
     *
     * @param in where it comes from; stays open
     * @param mostBytes largest document
     * @return all of it
     * @throws IOException if it cannot be read or is too large
     */
    public static byte[] bounded(InputStream in, int mostBytes) throws IOException {
        byte[] bytes = in.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            throw new IOException("it is larger than " + mostBytes + " bytes");
        }
        return bytes;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        running.forEach(HttpUriRequestBase::cancel);
        if (!own.awaitEnd(LONGEST_END)) {
            LOG.warn("the thread that watches downloads did not end within {}", LONGEST_END);
        }
    }
}
