package dev.gatehouse.embedded;

import dev.gatehouse.gateway.FrontRefusals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.CloseNowException;
import org.apache.coyote.http11.Http11InputBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our page and log line for what Tomcat refuses before any filter (REQ-3). As its parent it also cuts the connection
 * when an answer breaks after it began: never leave it out. Thread-safe.
 */
final class RefusalValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalValve.class);

    private volatile Optional<FrontRefusals> refusals = Optional.empty();

    RefusalValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    /** Says who answers; until then, and without a gateway, Tomcat's bare page comes. */
    void answersBy(Optional<FrontRefusals> answers) {
        refusals = answers;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (refusals.isEmpty()) {
            super.report(request, response, thrown);
            return;
        }
        if (thrown instanceof CloseNowException) { // a filter's word for: end the connection, there is no answer
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, thrown);
            return;
        }
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !isOpen(response)) {
            return;
        }
        byte @Nullable [] head = head(request);
        try {
            refusals.get().refuse(request, response, head, status);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the client is gone
        } catch (RuntimeException e) {
            LOG.error(
                    "no page could be made for a request that was refused with {}", status, e); // Tomcat would hide it
            throw e;
        }
        if (head != null) {
            response.setHeader("Connection", "close"); // nobody knows where its next request would begin
        }
    }

    private static boolean isOpen(Response response) {
        AtomicBoolean isAllowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, isAllowed);
        return isAllowed.get();
    }

    @SuppressWarnings("ByteBufferBackingArray") // Tomcat allocates it, and reads its array so itself
    private static byte @Nullable [] head(Request request) {
        if (!(request.getCoyoteRequest().getInputBuffer() instanceof Http11InputBuffer input)) {
            return null; // HTTP/2
        }
        ByteBuffer bytes = input.getByteBuffer();
        return Arrays.copyOf(bytes.array(), bytes.limit());
    }
}
