package dev.gatehouse.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;

/** Asks responders over HTTP: a few seconds, a few kilobytes, no redirects. Stateless, thread-safe. */
public final class OcspCall implements OcspTransport {
    private static final int CONNECT_MILLIS = 1500;
    private static final int READ_MILLIS = 1500;
    private static final long ALL_NANOS = 3_000_000_000L;
    private static final int MOST_BYTES = 64 * 1024;

    /** One for all. */
    public OcspCall() {}

    @Override
    public byte[] ask(URI responder, byte[] request) throws IOException {
        long deadline = System.nanoTime() + ALL_NANOS;
        HttpURLConnection call = (HttpURLConnection) responder.toURL().openConnection();
        call.setConnectTimeout(CONNECT_MILLIS);
        call.setReadTimeout(READ_MILLIS);
        call.setInstanceFollowRedirects(false);
        call.setUseCaches(false);
        call.setDoOutput(true);
        call.setFixedLengthStreamingMode(request.length);
        call.setRequestProperty("Content-Type", "application/ocsp-request");
        call.setRequestProperty("Accept", "application/ocsp-response");
        try {
            try (OutputStream out = call.getOutputStream()) {
                out.write(request);
            }
            if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("it answered " + call.getResponseCode());
            }
            try (InputStream in = call.getInputStream()) {
                return read(in, deadline);
            }
        } finally {
            call.disconnect();
        }
    }

    private static byte[] read(InputStream in, long deadline) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            answer.write(piece, 0, count);
            if (answer.size() > MOST_BYTES) {
                throw new IOException("its answer is longer than " + MOST_BYTES + " bytes");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("its answer takes too long");
            }
        }
        return answer.toByteArray();
    }
}
