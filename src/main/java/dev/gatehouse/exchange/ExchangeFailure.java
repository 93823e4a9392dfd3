package dev.gatehouse.exchange;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Every way an exchange can fail: who is to blame, the status sent (REQ-3, REQ-38) and Azure's error_info code. */
public enum ExchangeFailure {
    /** Bytes that are no HTTP, or a head that breaks its syntax (RFC 9112). */
    REQUEST_MALFORMED(400, "ERRORINFO_INVALID_REQUEST", "request breaks the syntax of HTTP"),
    /** Plain HTTP on the port of an Https listener. */
    PLAIN_ON_HTTPS(400, "ERRORINFO_HTTP_TO_HTTPS_PORT", "plain HTTP sent to an Https port"),
    /** A version of HTTP other than 1.0 and 1.1, or HTTP/2 where TLS did not agree on it. */
    VERSION_UNKNOWN(400, "ERRORINFO_INVALID_VERSION", "unknown version of HTTP"),
    /** A request line without version. */
    VERSION_MISSING(400, "ERRORINFO_INVALID_09_METHOD", "HTTP/0.9 is not served"),
    /** HTTP/1.1 without Host. */
    HOST_MISSING(400, "ERRORINFO_HTTP_NO_HOST_HEADER", "request without Host header"),
    /** Host that is no host. */
    HOST_MALFORMED(400, "ERRORINFO_INVALID_HOST", "malformed Host header"),
    /** Path that climbs above the root, holds a NUL (REQ-22) or a percent sign without two digits (REQ-3). */
    PATH_INVALID(400, "ERRORINFO_REQUEST_URI_INVALID", "path climbs above the root, or holds %00 or a broken escape"),
    /** Control characters, spaces or bytes beyond ASCII in the request target. */
    TARGET_MALFORMED(400, "ERRORINFO_REQUEST_URI_INVALID", "request target holds what no URI may hold"),
    /** A request target beyond {@code limits.uri}. */
    URI_TOO_LONG(414, "ERRORINFO_REQUEST_URI_INVALID", "request target is too long"),
    /** Header fields beyond {@code limits.headers}. */
    HEADERS_TOO_LARGE(431, "ERRORINFO_INVALID_REQUEST", "header fields are too large"),
    /** A body beyond {@code limits.body}. */
    BODY_TOO_LARGE(413, "ERRORINFO_INVALID_REQUEST", "body is too large"),
    /** A head that was not complete within {@code limits.headerTimeout}. */
    HEADERS_LATE(408, "ERRORINFO_INVALID_REQUEST", "client did not finish its header fields in time"),
    /** Content-Length that is no number, or several that differ. */
    LENGTH_MALFORMED(400, "ERRORINFO_INVALID_CONTENT_LENGTH", "malformed or contradictory Content-Length"),
    /** POST in HTTP/1 that says nothing of its length. */
    LENGTH_MISSING(400, "ERRORINFO_INVALID_CONTENT_LENGTH", "POST without Content-Length and chunked coding"),
    /** Expect other than 100-continue. */
    EXPECTATION_UNKNOWN(417, "ERRORINFO_INVALID_REQUEST", "unknown expectation"),
    /** Content-Length beside Transfer-Encoding, or an unknown coding. */
    FRAMING_AMBIGUOUS(400, "ERRORINFO_INVALID_CONTENT_LENGTH", "ambiguous request framing"),
    /** A field that must stand once, such as Host or Authorization, stands twice. */
    FIELD_REPEATED(400, "ERRORINFO_INVALID_REQUEST", "a field that must stand once is repeated"),
    /** TRACE. */
    METHOD_TRACE(405, "ERRORINFO_INVALID_METHOD_TRACE", "TRACE is not served"),
    /** A method that is none, such as GET123. */
    METHOD_MALFORMED(400, "ERRORINFO_INVALID_METHOD", "malformed method"),
    /** CONNECT. */
    METHOD_REFUSED(405, "ERRORINFO_INVALID_METHOD", "method is not served"),
    /** No listener for the socket and host (REQ-13). */
    NO_LISTENER(404, "ERRORINFO_INVALID_HOST", "no listener takes this host on this port"),
    /** A WebSocket handshake that breaks RFC 6455 (WS-11). */
    HANDSHAKE_MALFORMED(400, "ERRORINFO_INVALID_REQUEST", "malformed WebSocket handshake"),
    /** Rewrites that ask for the path map to be matched again and again (REQ-32). */
    REWRITE_LOOP(500, "ERRORINFO_NO_ERROR", "rewrites match the path map again without end"),
    /** Sec-WebSocket-Version other than 13 (WS-11). */
    HANDSHAKE_VERSION(426, "ERRORINFO_INVALID_REQUEST", "WebSocket version other than 13"),
    /** Origin outside the allow-list (WS-16). */
    ORIGIN_REFUSED(403, "ERRORINFO_INVALID_REQUEST", "Origin is not on the allow-list"),
    /** The connection was made for another listener, whose clients need no certificate (REQ-14). */
    MISDIRECTED(421, "ERRORINFO_INVALID_HOST", "Host names a listener that the TLS connection was not made for"),
    /** No certificate where the listener takes only clients that show one (TLS-31). */
    CLIENT_CERTIFICATE_MISSING(400, "ERRORINFO_HTTPS_NO_CERT", "client showed no certificate"),
    /** A certificate that is not good enough for the listener (TLS-31). */
    CLIENT_CERTIFICATE_REFUSED(400, "ERRORINFO_HTTPS_NO_CERT", "client's certificate is not accepted"),
    /** No bearer token where the rule asks for one (REQ-16). */
    TOKEN_MISSING(401, "ERRORINFO_INVALID_REQUEST", "request has no bearer token"),
    /** A bearer token that is no signed JWT. */
    TOKEN_MALFORMED(401, "ERRORINFO_INVALID_REQUEST", "bearer token is no signed JWT"),
    /** A token signed with a secret, not at all, or in a way nobody knows. */
    TOKEN_ALGORITHM(401, "ERRORINFO_INVALID_REQUEST", "token's algorithm is not accepted"),
    /** A token whose key its issuer does not publish. */
    TOKEN_KEY_UNKNOWN(401, "ERRORINFO_INVALID_REQUEST", "token is signed with a key that its issuer does not publish"),
    /** A token that was changed, or signed by somebody else. */
    TOKEN_SIGNATURE(401, "ERRORINFO_INVALID_REQUEST", "token's signature is wrong"),
    /** A token of another issuer or tenant. */
    TOKEN_ISSUER(401, "ERRORINFO_INVALID_REQUEST", "token is of another issuer or tenant"),
    /** A token for somebody else. */
    TOKEN_AUDIENCE(401, "ERRORINFO_INVALID_REQUEST", "token is meant for another audience"),
    /** A token whose time is over, or that names no end. */
    TOKEN_EXPIRED(401, "ERRORINFO_INVALID_REQUEST", "token has expired, or never would"),
    /** A token whose time has not come. */
    TOKEN_EARLY(401, "ERRORINFO_INVALID_REQUEST", "token is not valid yet"),
    /** A good token that names nobody. */
    TOKEN_WITHOUT_OBJECT(403, "ERRORINFO_INVALID_REQUEST", "token has no object id (oid)"),
    /** The issuer's keys could not be had, so that no token can be judged. */
    TOKEN_KEYS_UNAVAILABLE(503, "ERRORINFO_NO_ERROR", "keys of the tokens' issuer are not available"),
    /** The client stopped sending its body. */
    CLIENT_SILENT(408, "ERRORINFO_INVALID_REQUEST", "client did not send its body in time"),
    /** The client's body breaks its own framing. */
    CLIENT_BODY_MALFORMED(400, "ERRORINFO_INVALID_REQUEST", "client's body is malformed"),
    /** The client left first; nobody reads the status. */
    CLIENT_GONE(499, "ERRORINFO_CLIENT_CLOSED_REQUEST", "client closed its connection"),
    /** More clients at once than {@code limits.connections} (REQ-48). */
    CLIENTS_EXHAUSTED(503, "ERRORINFO_NO_ERROR", "more clients at once than limits.connections"),
    /** No configuration is being served yet. */
    NOT_READY(503, "ERRORINFO_NO_ERROR", "no configuration is being served"),
    /** No member may take traffic (WS-4). */
    NO_LIVE_BACKEND(502, "ERRORINFO_UPSTREAM_NO_LIVE", "no healthy backend in the pool"),
    /** Nobody listens, or no route. */
    BACKEND_CONNECT_REFUSED(502, "ERRORINFO_UPSTREAM_NO_LIVE", "backend refused the connection"),
    /** The name has no address. */
    BACKEND_NAME_UNKNOWN(502, "ERRORINFO_UPSTREAM_NO_LIVE", "backend's name has no address"),
    /** Connecting took too long. */
    BACKEND_CONNECT_TIMEOUT(502, "ERRORINFO_UPSTREAM_NO_LIVE", "backend did not accept the connection in time"),
    /** TLS failed: chain, name or protocol. */
    BACKEND_TLS(502, "ERRORINFO_UPSTREAM_NO_LIVE", "TLS to the backend failed"),
    /** All connections in use. */
    BACKEND_CONNECTIONS_EXHAUSTED(503, "ERRORINFO_UPSTREAM_NO_LIVE", "all connections to the backend are in use"),
    /** No answer within requestTimeout. */
    BACKEND_SILENT(504, "ERRORINFO_UPSTREAM_TIMED_OUT", "backend sent no answer within requestTimeout"),
    /** Connection ended before a complete head. */
    BACKEND_CLOSED(502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "backend closed the connection before it answered"),
    /** The answer is not HTTP. */
    BACKEND_MALFORMED(502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "backend's answer is malformed"),
    /** A WebSocket answer that breaks RFC 6455 (WS-14). */
    BACKEND_HANDSHAKE_INVALID(502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "backend's WebSocket handshake is wrong"),
    /** Body broke off after the head went to the client: the connection is cut. */
    BACKEND_BODY_BROKEN(502, "ERRORINFO_UPSTREAM_CLOSED_CONNECTION", "backend's body broke off"),
    /** A defect of ours. */
    INTERNAL(500, "ERRORINFO_NO_ERROR", "internal error");

    private final int status;
    private final String errorInfo;
    private final String words;

    ExchangeFailure(int status, String errorInfo, String words) {
        this.status = status;
        this.errorInfo = errorInfo;
        this.words = words;
    }

    /**
     * Names the failure to connect. Nothing was sent then, so another member may be tried (REQ-38).
     *
     * @param cause what connecting threw
     * @return one of the {@code BACKEND_...} names
     */
    public static ExchangeFailure ofConnect(IOException cause) {
        if (cause instanceof UnknownHostException) {
            return BACKEND_NAME_UNKNOWN;
        }
        if (cause instanceof SocketTimeoutException) {
            return BACKEND_CONNECT_TIMEOUT;
        }
        return cause instanceof SSLException ? BACKEND_TLS : BACKEND_CONNECT_REFUSED;
    }

    /**
     * The status the client gets, on v2 gateways.
     *
     * @return an HTTP status; 499 is only logged
     */
    public int status() {
        return status;
    }

    /**
     * The status the client gets.
     *
     * @param isV1 whether v1 semantics apply: a silent backend is 502 there, a client that left is logged as 0 (REQ-38)
     * @return an HTTP status
     */
    public int status(boolean isV1) {
        if (isV1 && this == CLIENT_GONE) {
            return 0;
        }
        return isV1 && this == BACKEND_SILENT ? 502 : status;
    }

    /**
     * Azure's code for the access log.
     *
     * @return for example {@code ERRORINFO_UPSTREAM_NO_LIVE}
     */
    public String errorInfo() {
        return errorInfo;
    }

    /**
     * The cause in plain words, without particulars.
     *
     * @return a short phrase
     */
    public String words() {
        return words;
    }

    /**
     * Where on the way to a backend and back it happens.
     *
     * @return empty for what has nothing to do with a backend
     */
    public Optional<FailurePhase> phase() {
        return switch (this) {
            case NO_LIVE_BACKEND -> Optional.of(FailurePhase.SELECT);
            case BACKEND_NAME_UNKNOWN -> Optional.of(FailurePhase.DNS);
            case BACKEND_CONNECT_REFUSED, BACKEND_CONNECT_TIMEOUT, BACKEND_CONNECTIONS_EXHAUSTED ->
                Optional.of(FailurePhase.CONNECT);
            case BACKEND_TLS -> Optional.of(FailurePhase.TLS);
            case BACKEND_SILENT, BACKEND_CLOSED, BACKEND_MALFORMED, BACKEND_HANDSHAKE_INVALID ->
                Optional.of(FailurePhase.FIRST_BYTE);
            case BACKEND_BODY_BROKEN -> Optional.of(FailurePhase.BODY);
            default -> Optional.empty();
        };
    }

    /**
     * Whether the client caused it.
     *
     * @return true for 4xx
     */
    public boolean isClientsFault() {
        return status < 500;
    }
}
