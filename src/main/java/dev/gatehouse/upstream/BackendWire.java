package dev.gatehouse.upstream;

import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
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
        super("backend", null, encoder(), settings, null, null, null, wire -> parser);
        this.parser = parser;
    }

    // Without one HttpCore makes a question mark of every byte from 0x80 to 0x9f, and UTF-8 is full of them (REQ-46).
    private static CharsetEncoder encoder() {
        return StandardCharsets.ISO_8859_1
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
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
