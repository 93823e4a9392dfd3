package dev.gatehouse.exchange;

import dev.gatehouse.upstream.Upstream;
import jakarta.servlet.ServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one request comes to, noted on its way, for the access log and the metrics. Confined to its request. */
public final class AccessRecord {
    private static final String ATTRIBUTE = AccessRecord.class.getName();
    private static final long NEVER = Long.MIN_VALUE;

    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private @Nullable Exchange exchange;
    private @Nullable String traceId;
    private @Nullable ExchangeFailure failure;
    private @Nullable FailurePhase phase;
    private @Nullable Throwable cause;
    private boolean isSession;
    private long receivedBody;
    private long sentHead;
    private @Nullable String contentType;
    private long sentBody;
    private long firstSentNanos = NEVER;
    private List<Attempt> failedAttempts = List.of();
    private @Nullable Upstream member;
    private long tryNanos = NEVER;
    private long connectedNanos = NEVER;
    private long answeredNanos = NEVER;
    private long backendEndNanos = NEVER;
    private int backendStatus;
    private int backendPort;

    /**
     * A try that failed.
     *
     * @param server the member
     * @param failure how it failed
     * @param nanos how long it took
     */
    public record Attempt(String server, ExchangeFailure failure, long nanos) {}

    private AccessRecord() {}

    /**
     * Begins the record of a request and puts it on it.
     *
     * @param request as the container gave it
     * @return a new record
     */
    public static AccessRecord begin(ServletRequest request) {
        AccessRecord record = new AccessRecord();
        request.setAttribute(ATTRIBUTE, record);
        return record;
    }

    /**
     * The record of a request.
     *
     * @param request as the container gave it
     * @return the one that was begun, or a new one
     */
    public static AccessRecord of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AccessRecord begun ? begun : begin(request);
    }

    void routed(Exchange routed) {
        exchange = routed;
        traceId = routed.traceId();
    }

    /**
     * The exchange, once the request has a route.
     *
     * @return empty if it came to none
     */
    public Optional<Exchange> exchange() {
        return Optional.ofNullable(exchange);
    }

    /**
     * The id of the request (REQ-41).
     *
     * @return 32 hex digits
     */
    public String traceId() {
        @Nullable String known = traceId;
        if (known == null) {
            known = TraceId.next();
            traceId = known;
        }
        return known;
    }

    /**
     * Notes how it failed; of several ways the last counts.
     *
     * @param how the failure
     * @param why what was thrown, or null
     */
    public void failed(ExchangeFailure how, @Nullable Throwable why) {
        failure = how;
        cause = why;
    }

    /**
     * How it failed.
     *
     * @return empty if it did not
     */
    public Optional<ExchangeFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Where it failed.
     *
     * @return empty if it did not, or not on the way to a backend and back
     */
    public Optional<FailurePhase> phase() {
        return failure == null ? Optional.empty() : Optional.ofNullable(phase).or(failure::phase);
    }

    /**
     * What was thrown.
     *
     * @return null if nothing was
     */
    public @Nullable Throwable cause() {
        return cause;
    }

    /** Notes that it became a WebSocket session, which has lines of its own. */
    public void becameSession() {
        isSession = true;
    }

    /**
     * Whether it became a WebSocket session.
     *
     * @return true from then on
     */
    public boolean isSession() {
        return isSession;
    }

    /**
     * Notes bytes of the client's body.
     *
     * @param count how many were passed on
     */
    public void receivedBody(long count) {
        receivedBody += count;
    }

    /**
     * The client's body so far.
     *
     * @return bytes passed on
     */
    public long receivedBody() {
        return receivedBody;
    }

    /**
     * Notes the size of the head of a backend's answer as it goes to the client.
     *
     * @param bytes status line and fields
     */
    public void sentHead(long bytes) {
        sentHead = bytes;
    }

    /**
     * Notes what a backend's answer is; containers do not tell of fields that were passed on as they are.
     *
     * @param type value of {@code Content-Type}, or null
     */
    public void contentType(@Nullable String type) {
        contentType = type;
    }

    /**
     * What the backend's answer is.
     *
     * @return empty if it does not say, or if the answer is the gateway's own
     */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /**
     * The head of the answer.
     *
     * @return bytes; 0 if the answer is the gateway's own
     */
    public long sentHead() {
        return sentHead;
    }

    /**
     * Notes bytes of the answer's body.
     *
     * @param count how many went to the client
     */
    public void sentBody(long count) {
        if (firstSentNanos == NEVER) {
            firstSentNanos = System.nanoTime();
        }
        sentBody += count;
    }

    /**
     * The answer's body so far.
     *
     * @return bytes
     */
    public long sentBody() {
        return sentBody;
    }

    void trying(Upstream next) {
        member = next;
        tryNanos = System.nanoTime();
        connectedNanos = NEVER;
        answeredNanos = NEVER;
        backendEndNanos = NEVER;
        backendStatus = 0;
        backendPort = 0;
    }

    /**
     * Notes that the try under way failed.
     *
     * @param how the failure
     * @param where more precisely than the failure says; null if it says all
     */
    public void tryFailed(ExchangeFailure how, @Nullable FailurePhase where) {
        if (failedAttempts.isEmpty()) {
            failedAttempts = new ArrayList<>();
        }
        phase = where;
        failedAttempts.add(new Attempt(String.valueOf(member), how, sinceTry(System.nanoTime())));
    }

    /**
     * Tries that failed.
     *
     * @return in their order
     */
    public List<Attempt> failedAttempts() {
        return failedAttempts;
    }

    /** Notes that there is a connection to the member. */
    public void connected() {
        connectedNanos = System.nanoTime();
    }

    /**
     * Notes that the head of the member's answer is here.
     *
     * @param status of the answer
     * @param localPort our side of the connection
     */
    public void answered(int status, int localPort) {
        answeredNanos = System.nanoTime();
        backendStatus = status;
        backendPort = localPort;
    }

    /** Notes that the last byte of the member's answer is here. */
    public void backendEnded() {
        backendEndNanos = System.nanoTime();
    }

    /**
     * Status of the last member's answer.
     *
     * @return 0 if there was none
     */
    public int backendStatus() {
        return backendStatus;
    }

    /**
     * Our port towards the last member.
     *
     * @return 0 if there was no connection
     */
    public int backendPort() {
        return backendPort;
    }

    /**
     * From the beginning of the last try to the connection.
     *
     * @return nanoseconds; -1 if there was none
     */
    public long connectNanos() {
        return sinceTry(connectedNanos);
    }

    /**
     * From the beginning of the last try to the head of the answer.
     *
     * @return nanoseconds; -1 if there was none
     */
    public long firstByteNanos() {
        return sinceTry(answeredNanos);
    }

    /**
     * From the beginning of the last try to the last byte of the answer.
     *
     * @return nanoseconds; -1 if it did not come
     */
    public long lastByteNanos() {
        return sinceTry(backendEndNanos);
    }

    private long sinceTry(long nanos) {
        return nanos == NEVER || tryNanos == NEVER ? -1 : nanos - tryNanos;
    }

    /**
     * When the request came.
     *
     * @return milliseconds since 1970
     */
    public long startMillis() {
        return startMillis;
    }

    /**
     * Time since the request came.
     *
     * @param nanos now, by {@link System#nanoTime}
     * @return nanoseconds
     */
    public long takenNanos(long nanos) {
        return nanos - startNanos;
    }

    /**
     * Time since the first byte of the answer's body went to the client.
     *
     * @param nanos now, by {@link System#nanoTime}
     * @return nanoseconds; 0 if there was none
     */
    public long respondingNanos(long nanos) {
        return firstSentNanos == NEVER ? 0 : nanos - firstSentNanos;
    }
}
