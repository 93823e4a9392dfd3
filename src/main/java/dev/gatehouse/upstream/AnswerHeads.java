package dev.gatehouse.upstream;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The heads that answer one request: interim ones, and the final one (RFC 9110 §15.2). Confined to one exchange. */
final class AnswerHeads {
    private static final int MOST_INTERIM = 100;
    // RFC 9110 §10.1.1: a client must not wait for ever; curl and others wait as long.
    private static final Timeout CONTINUE_WAIT = Timeout.ofSeconds(1);
    private static final Timeout MOMENT = Timeout.ofMilliseconds(1);

    private final BackendWire wire;
    private final Consumer<ClassicHttpResponse> interim;

    AnswerHeads(BackendWire wire, Consumer<ClassicHttpResponse> interim) {
        this.wire = wire;
        this.interim = interim;
    }

    /**
     * To be called before a request that {@link #awaitContinue} follows: waiting fills the buffer before it is parsed,
     * so what was left in it has to be found now. Costs two reads of a millisecond on a pooled connection.
     */
    void requireQuiet(boolean isReused) throws IOException {
        if (isReused && (wire.isStale() || wire.isDataAvailable(MOMENT))) {
            throw new StaleConnectionException("the pooled connection is at its end, or out of step");
        }
        wire.expectsNextAnswer();
    }

    /** REQ-8: waits for 100. Null if the body is to be sent: then, and after too long a silence. */
    @Nullable
    ClassicHttpResponse awaitContinue(boolean isReused) throws IOException, HttpException {
        wire.flush();
        while (wire.isDataAvailable(CONTINUE_WAIT)) {
            ClassicHttpResponse response = receiveOne();
            if (response.getCode() == HttpStatus.SC_CONTINUE) {
                return null;
            }
            if (response.getCode() >= HttpStatus.SC_OK) {
                return response;
            }
        }
        if (wire.isStale()) {
            throw isReused
                    ? new StaleConnectionException("the pooled connection ended before it asked for the body")
                    : new ConnectionClosedException("connection ended before the backend asked for the body");
        }
        return null;
    }

    ClassicHttpResponse receive() throws IOException, HttpException {
        ClassicHttpResponse response = receiveOne();
        for (int count = 1; response.getCode() < HttpStatus.SC_OK; count++) {
            if (count > MOST_INTERIM) {
                throw new ProtocolException("more than " + MOST_INTERIM + " interim answers");
            }
            response = receiveOne();
        }
        return response;
    }

    private ClassicHttpResponse receiveOne() throws IOException, HttpException {
        ClassicHttpResponse response = wire.receiveResponseHeader();
        int status = response.getCode();
        if (status == HttpStatus.SC_SWITCHING_PROTOCOLS) {
            throw new ProtocolException("101 to a request that asked for no upgrade");
        }
        if (status > HttpStatus.SC_SWITCHING_PROTOCOLS && status < HttpStatus.SC_OK) {
            interim.accept(response);
        }
        return response;
    }
}
