package dev.gatehouse.exchange;

import dev.gatehouse.routing.RequestFacts;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway's decisions may know of a client's request. They see no servlet, so that a request which was only
 * described is decided by the very code that decides a real one. Asked many times for each request: what may be absent
 * is null, as in the Servlet API, and no wrapper is made.
 */
public interface RequestView extends RequestFacts {
    /**
     * Version of HTTP.
     *
     * @return for example {@code HTTP/1.1}
     */
    String protocol();

    /**
     * Path of the request line.
     *
     * @return still encoded, without query; {@code *} for OPTIONS of the server itself
     */
    String path();

    /**
     * The first field of a name.
     *
     * @param name field name, any case
     * @return its value, or null
     */
    @Nullable
    String header(String name);

    /**
     * The names of all fields.
     *
     * @return each once, in the order in which they first came
     */
    Enumeration<String> headerNames();

    /**
     * All fields, one by one.
     *
     * @param sink takes each with the name it was sent under, in the order of the wire as far as it is known; those of
     *     one name always in theirs
     */
    default void eachField(HeaderSink sink) {
        for (Enumeration<String> names = headerNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            for (Enumeration<String> values = headers(name); values.hasMoreElements(); ) {
                sink.add(name, values.nextElement());
            }
        }
    }

    /**
     * Whom its token names, once that was found good (REQ-16).
     *
     * @return {@code tenant:object}; null if no token was asked for, or if it was let in without one
     */
    default @Nullable String identity() {
        return null;
    }

    /**
     * Length that the request announces for its body.
     *
     * @return bytes, or -1 if it announces none
     */
    long contentLength();

    /**
     * Host for a request that has no Host field: HTTP/1.0, or HTTP/2 with {@code :authority} alone.
     *
     * @return a host without port
     */
    String serverName();

    /**
     * Port of the client.
     *
     * @return 1-65535
     */
    int remotePort();

    /**
     * Address the client connected to.
     *
     * @return an IP literal
     */
    String localAddress();

    /**
     * Port the client connected to.
     *
     * @return 1-65535
     */
    int localPort();

    /**
     * The name for which the client's TLS connection was made. Asked only where a client certificate is needed (REQ-14).
     *
     * @return lower case; empty if the client named none, or if there is no TLS, or if the container does not tell
     */
    default String serverNameIndication() {
        return "";
    }

    /**
     * The client's TLS connection. Asked only where a rewrite wants to know.
     *
     * @return {@link ClientTls#NONE} if there is none, or if nothing is known of it
     */
    default ClientTls tls() {
        return ClientTls.NONE;
    }
}
