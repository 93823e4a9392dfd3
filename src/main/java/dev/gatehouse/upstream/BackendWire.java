package dev.gatehouse.upstream;

import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.jspecify.annotations.Nullable;

/** A pooled connection that knows the socket below its TLS. Confined to one exchange at a time. */
final class BackendWire extends DefaultManagedHttpClientConnection {
    private final WholeHeadParser parser;

    BackendWire(Http1Config settings) {
        this(settings, new WholeHeadParser(settings));
    }

    private BackendWire(Http1Config settings, WholeHeadParser parser) {
        super("backend", null, null, settings, null, null, null, wire -> parser);
        this.parser = parser;
    }

    /** What has arrived when the next head is read is that head, not the rest of an answer before it. */
    void expectsNextAnswer() {
        parser.expectsNextAnswer();
    }

    /** The socket itself; null while the connection is closed. */
    @Nullable
    BackendSocket socket() {
        @Nullable SocketHolder holder = getSocketHolder();
        return holder == null ? null : (BackendSocket) holder.getBaseSocket();
    }

    boolean isPlain() {
        return getSSLSession() == null;
    }
}
