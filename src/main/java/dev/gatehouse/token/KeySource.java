package dev.gatehouse.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads key sets from files and from the web, bounded in time and size. Thread-safe. */
final class KeySource {
    static final int MOST_BYTES = 512 * 1024;

    private final Duration longest;
    /** Made when it is needed: it has a thread of its own, which ends when nobody holds the client any more. */
    private final AtomicReference<@Nullable HttpClient> client = new AtomicReference<>();

    KeySource(Duration longest) {
        this.longest = longest;
    }

    // A redirect could lead from https to http, and to whomever: the address must be the right one.
    private HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(longest)
                .build();
    }

    static boolean isFile(URI address) {
        return "file".equalsIgnoreCase(address.getScheme());
    }

    static byte[] readFile(URI address) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(address))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new IOException("it names no file of this machine: " + e.getMessage(), e);
        }
    }

    byte[] read(URI address) throws IOException {
        return isFile(address) ? readFile(address) : fetch(address);
    }

    private byte[] fetch(URI address) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json, application/jwk-set+json")
                .timeout(longest)
                .build();
        HttpClient web =
                Objects.requireNonNull(client.updateAndGet(present -> present == null ? newClient() : present));
        CompletableFuture<HttpResponse<byte[]>> answer = web.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("the answer is " + response.statusCode() + ", not 200");
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new IOException("there was no whole answer within " + longest.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }
}
