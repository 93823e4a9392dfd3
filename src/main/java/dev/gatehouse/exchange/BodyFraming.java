package dev.gatehouse.exchange;

/** How long a client's body is, and how its length is told to a backend, made anew (REQ-43). Stateless. */
public final class BodyFraming {
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
     * Writes the field that frames the body; none if the client announced no body.
     *
     * @param request a client's request
     * @param length as {@link #length} gives it
     * @param sink takes the field
     */
    public static void write(RequestView request, long length, HeaderSink sink) {
        if (length < 0) {
            sink.add("Transfer-Encoding", "chunked");
        } else if (length > 0 || request.header("Content-Length") != null) {
            sink.add("Content-Length", Long.toString(length));
        }
    }
}
