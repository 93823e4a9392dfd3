package dev.gatehouse.exchange;

import java.util.List;

/** How long a client's body is, and how its length is told to a backend, made anew (REQ-43). Stateless. */
public final class BodyFraming {
    private static final String CONTINUE = "100-continue";

    private BodyFraming() {}

    /**
     * Length of a request's body.
     *
     * @param request a client's request
     * @return bytes; 0 without a body; -1 if only its end will tell
     */
    public static long length(RequestView request) {
        // HTTP/2 frames bodies without either field; the container then knows the length only at the end.
        boolean chunked = request.header("Transfer-Encoding") != null;
        long length = chunked ? -1 : request.contentLength();
        boolean streams = chunked || (request.protocol().equals("HTTP/2.0") && mayHaveBody(request));
        return length >= 0 || streams ? length : 0;
    }

    private static boolean mayHaveBody(RequestView request) {
        return !request.method().equals("GET") && !request.method().equals("HEAD");
    }

    /**
     * Writes the field that frames the body, none if the client announced no body, and those that belong to it:
     * trailers (REQ-42, REQ-43) and the wish to be asked for it (REQ-8).
     *
     * @param request a client's request
     * @param length as {@link #length} gives it
     * @param isBuffered whether the body is taken from the client before the backend is used (REQ-7)
     * @param sink takes the fields
     */
    public static void write(RequestView request, long length, boolean isBuffered, HeaderSink sink) {
        if (length < 0) {
            sink.add("Transfer-Encoding", "chunked");
            List<String> trailers = TrailerFields.announced(request.headers("Trailer"));
            if (!trailers.isEmpty()) {
                sink.add("Trailer", String.join(", ", trailers));
            }
        } else if (length > 0 || request.header("Content-Length") != null) {
            sink.add("Content-Length", Long.toString(length));
        }
        if (TrailerFields.isWantedBy(request)) {
            sink.add("TE", "trailers");
            sink.add("Connection", "TE"); // RFC 9110 §10.1.4
        }
        if (!isBuffered && length != 0 && isExpectant(request)) {
            sink.add("Expect", CONTINUE);
        }
    }

    // RFC 9110 §10.1.1: in an HTTP/1.0 request it means nothing.
    private static boolean isExpectant(RequestView request) {
        return CONTINUE.equalsIgnoreCase(request.header("Expect"))
                && !request.protocol().equals("HTTP/1.0");
    }
}
