package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.exchange.RewrittenRequest;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.routing.RequestHost;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request while rewrites work on it, and later the head of its answer. Every rule sees what those before it have made
 * of both. Confined to one exchange.
 */
final class Message {
    private final Routed routed;
    private final String traceId;
    private Optional<RequestPath> path;
    private @Nullable String query;
    private @Nullable String host;
    private @Nullable HeaderFields fields;
    private boolean isChanged;
    private int status;
    private @Nullable HeaderFields answer;

    Message(Routed routed, String traceId) {
        this.routed = routed;
        this.traceId = traceId;
        this.path = Optional.of(routed.path());
        this.query = routed.request().query();
    }

    /** What the client sent, and the route it has had first. */
    Routed routed() {
        return routed;
    }

    RequestView request() {
        return routed.request();
    }

    /** The path as it is now; empty if a rewrite made one that climbs above the root or holds {@code %00} (REQ-22). */
    Optional<RequestPath> path() {
        return path;
    }

    void path(String next) {
        boolean isNormalized = routed.route().forwarding().forwardNormalizedPath();
        path = RequestPath.of(next).map(read -> isNormalized ? read : read.forwardedAs(next)); // REQ-22
        isChanged = true;
    }

    void query(String next) {
        query = next.isEmpty() ? null : next;
        isChanged = true;
    }

    /** Sets the backend's Host, which never goes away (REQ-31): what is no host changes nothing. */
    void host(String next) {
        if (RequestHost.of(next).isPresent()) {
            host = next;
            isChanged = true;
        }
    }

    /** Sets a field of the request; an empty value removes it. */
    void change(HeaderChange change, Captures captures) {
        isChanged = true;
        change.apply(fields(), this, captures);
    }

    /** The Host that was set, else the client's. */
    String host() {
        if (host != null) {
            return host;
        }
        @Nullable String sent = request().header("Host");
        return sent == null ? routed.host() : sent; // HTTP/2 may carry :authority alone
    }

    /** All values of a field of the request as it is now, joined (REQ-29). */
    String requestHeader(String name) {
        return joined(fields(), name);
    }

    /** All values of a field as the client sent it, joined. */
    String received(String name) {
        return joined(request().headers(name));
    }

    private HeaderFields fields() {
        @Nullable HeaderFields known = fields;
        if (known == null) {
            known = new HeaderFields();
            BackendHead.writeFields(routed, traceId, known); // REQ-41: there before any rewrite
            fields = known;
        }
        return known;
    }

    static String joined(Enumeration<String> values) {
        if (!values.hasMoreElements()) {
            return "";
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return first;
        }
        StringBuilder all = new StringBuilder(first);
        while (values.hasMoreElements()) {
            all.append(", ").append(values.nextElement());
        }
        return all.toString();
    }

    private static String joined(HeaderFields fields, String name) {
        String all = "";
        boolean isFirst = true;
        for (HeaderFields.Field field : fields.list()) {
            if (field.name().equalsIgnoreCase(name)) {
                all = isFirst ? field.value() : all + ", " + field.value();
                isFirst = false;
            }
        }
        return all;
    }

    /** The request and its route after the request's rewrites; the same as before if none touched it. */
    Routed rewritten(Route route) {
        if (!isChanged) {
            return route.equals(routed.route())
                    ? routed
                    : new Routed(routed.request(), routed.host(), routed.path(), route);
        }
        return routed.rewritten(
                route, new RewrittenRequest(path.orElse(routed.path()).forwarded(), query, host, fields()));
    }

    /** The answer's head is there. */
    void answered(int code, HeaderFields head) {
        status = code;
        answer = head;
    }

    boolean isAnswered() {
        return answer != null;
    }

    /** Status of the answer, 0 before there is one. */
    int status() {
        return status;
    }

    /** All values of a field of the answer, joined; empty before there is one. */
    String answerHeader(String name) {
        return answer == null ? "" : joined(answer, name);
    }
}
