package dev.gatehouse.observe;

import dev.gatehouse.exchange.AccessRecord;
import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.CertificateChecks;
import dev.gatehouse.exchange.Exchange;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one request comes to, taken from it while its container still has it, to be written later (observability.md section
 * 1). Immutable.
 *
 * @param endMillis when it was over, milliseconds since 1970
 * @param takenNanos from its first byte to the last of its answer
 * @param respondingNanos from the first byte of the answer's body to the last
 * @param route names of listener, rule, pool and settings
 * @param client who asked
 * @param request what was asked for
 * @param answer what was answered
 * @param tls the client's TLS; null without
 * @param backend the member that was asked last; null if none was
 * @param traceId id of the request
 * @param failure what went wrong; null if nothing did
 * @param attempts tries that failed, in their order
 * @param isV1 whether Azure's v1 would write it
 */
record AccessLine(
        long endMillis,
        long takenNanos,
        long respondingNanos,
        Way route,
        Client client,
        Asked request,
        Answer answer,
        @Nullable Secure tls,
        @Nullable Backend backend,
        String traceId,
        @Nullable FailureAccount failure,
        List<AccessRecord.Attempt> attempts,
        boolean isV1) {

    /** Names, empty where the request did not come that far. */
    record Way(String gateway, String listener, String rule, String pool, String settings) {
        static final Way NONE = new Way("", "", "", "", "");
    }

    /** The other end. */
    record Client(
            String address,
            int port,
            @Nullable String userAgent,
            @Nullable String referrer) {}

    /**
     * What was asked for.
     *
     * @param originalTarget path and query as received
     * @param path after rewrites
     * @param query after rewrites
     * @param originalHost as received
     * @param host as sent to the backend
     */
    record Asked(
            String method,
            String originalTarget,
            String path,
            String query,
            String protocol,
            String originalHost,
            String host,
            @Nullable String traceParent,
            long bytes) {}

    /** What the client got. */
    record Answer(int status, @Nullable String contentType, long bytes) {}

    /** The client's TLS connection. */
    record Secure(
            String protocol,
            String cipher,
            String verified,
            @Nullable X509Certificate certificate) {}

    /** The member that was asked last. */
    record Backend(String server, int status, long lastByteNanos, int localPort, boolean isTls) {}

    private static final int FIELD_ENDS = ": \r\n".length();
    private static final int LINE_ENDS = "  \r\n\r\n".length();
    private static final String NOT_SENT = "";

    /** Takes everything from a request that is over. */
    static AccessLine of(
            AccessRecord record,
            HttpServletRequest request,
            HttpServletResponse response,
            Optional<FailureAccount> failure) {
        long now = System.nanoTime();
        @Nullable Exchange exchange = record.exchange().orElse(null);
        boolean isV1 = exchange != null
                && exchange.snapshot().configuration().gateway().isV1();
        return new AccessLine(
                System.currentTimeMillis(),
                record.takenNanos(now),
                record.respondingNanos(now),
                way(exchange),
                new Client(
                        request.getRemoteAddr(),
                        request.getRemotePort(),
                        request.getHeader("User-Agent"),
                        request.getHeader("Referer")),
                asked(record, request, exchange),
                new Answer(
                        status(record, response, isV1),
                        record.contentType().orElseGet(response::getContentType),
                        record.sentHead() == 0 ? ownBytes(request, response) : record.sentHead() + record.sentBody()),
                request.isSecure() ? secure(request, exchange) : null,
                backend(record, exchange),
                record.traceId(),
                failure.orElse(null),
                record.failedAttempts(),
                isV1);
    }

    /** The status the client got, or would have got if it had stayed. */
    static int status(AccessRecord record, HttpServletResponse response, boolean isV1) {
        boolean isGone =
                record.failure().filter(ExchangeFailure.CLIENT_GONE::equals).isPresent();
        return isGone ? ExchangeFailure.CLIENT_GONE.status(isV1) : response.getStatus();
    }

    private static Way way(@Nullable Exchange exchange) {
        if (exchange == null) {
            return Way.NONE;
        }
        return new Way(
                exchange.snapshot().configuration().gateway().id(),
                exchange.route().listener().name(),
                exchange.route().rule().name(),
                RequestMetrics.pool(exchange),
                RequestMetrics.settings(exchange));
    }

    private static Asked asked(AccessRecord record, HttpServletRequest request, @Nullable Exchange exchange) {
        String target = text(request.getRequestURI());
        @Nullable String query = request.getQueryString();
        String whole = query == null ? target : target + '?' + query;
        String path = target;
        String left = query == null ? "" : query;
        if (exchange != null && exchange.routed().rewritten() != null) {
            path = exchange.routed().rewritten().path();
            left = text(exchange.routed().rewritten().query());
        }
        ServletRequestView view = new ServletRequestView(request);
        String host = text(view.header("Host"));
        return new Asked(
                text(request.getMethod()),
                whole,
                path,
                left,
                text(request.getProtocol()),
                host,
                sentHost(exchange),
                request.getHeader("traceparent"),
                head(view, whole) + record.receivedBody());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    // What backends are sent is decided when the request is made for one of them.
    private static String sentHost(@Nullable Exchange exchange) {
        return exchange == null || exchange.upstream().isEmpty()
                ? NOT_SENT
                : BackendHead.host(exchange.routed(), exchange.upstream().get());
    }

    private static long head(ServletRequestView view, String target) {
        long[] bytes = {
            text(view.method()).length()
                    + target.length()
                    + text(view.protocol()).length()
                    + LINE_ENDS
        };
        view.eachField((name, value) -> bytes[0] += name.length() + value.length() + FIELD_ENDS);
        return bytes[0];
    }

    /** Of an answer that is the gateway's own. */
    private static long ownBytes(HttpServletRequest request, HttpServletResponse response) {
        long bytes = "HTTP/1.1 200 \r\n\r\n".length();
        for (String name : response.getHeaderNames()) {
            for (String value : response.getHeaders(name)) {
                bytes += name.length() + value.length() + FIELD_ENDS;
            }
        }
        @Nullable String length = response.getHeader("Content-Length");
        boolean hasBody = length != null && !"HEAD".equals(request.getMethod());
        return hasBody ? bytes + Long.parseLong(length) : bytes;
    }

    private static Secure secure(HttpServletRequest request, @Nullable Exchange exchange) {
        ServletRequestView view = new ServletRequestView(request);
        @Nullable
        HttpListener listener = exchange == null ? null : exchange.route().listener();
        boolean asks = listener != null && listener.asksForClientCertificate();
        List<X509Certificate> chain = asks ? view.tls().certificates() : List.of();
        String verified = CertificateChecks.Verdict.NONE_SHOWN;
        if (exchange != null && !chain.isEmpty()) {
            verified = exchange.snapshot()
                    .certificates()
                    .judge(exchange.route().listener(), chain)
                    .text();
        }
        return new Secure(view.secureProtocol(), view.cipher(), verified, chain.isEmpty() ? null : chain.get(0));
    }

    private static @Nullable Backend backend(AccessRecord record, @Nullable Exchange exchange) {
        @Nullable
        Upstream member = exchange == null ? null : exchange.upstream().orElse(null);
        if (exchange == null || member == null) {
            return null;
        }
        return new Backend(
                member.socketAddress()
                        .map(at -> HostText.join(at.getAddress().getHostAddress(), at.getPort()))
                        .orElseGet(member::toString),
                record.backendStatus(),
                record.lastByteNanos(),
                record.backendPort(),
                exchange.pool().settings().protocol() == Protocol.HTTPS);
    }
}
