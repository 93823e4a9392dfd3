package dev.gatehouse.exchange;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request with its answer, from the moment it has a route: what the filters after the routing one need to know.
 * Travels as the one attribute of the request. Confined to one exchange.
 */
public final class Exchange {
    private static final String ATTRIBUTE = Exchange.class.getName();

    private final Snapshot snapshot;
    private final HttpServletRequest clientRequest;
    private final HttpServletResponse clientResponse;
    private final String traceId;
    private final long startNanos;
    private Routed routed;
    private @Nullable ResponseRewrite responseRewrite;
    private @Nullable Upstream upstream;
    private int tries;

    /**
     * Begins an exchange and puts it on the request.
     *
     * @param snapshot configuration it keeps to its end
     * @param clientRequest the client's request
     * @param clientResponse the answer to it
     * @param routed what was decided of it
     */
    public Exchange(
            Snapshot snapshot, HttpServletRequest clientRequest, HttpServletResponse clientResponse, Routed routed) {
        this.snapshot = snapshot;
        this.clientRequest = clientRequest;
        this.clientResponse = clientResponse;
        this.routed = routed;
        this.traceId = TraceId.next();
        this.startNanos = System.nanoTime();
        clientRequest.setAttribute(ATTRIBUTE, this);
    }

    /**
     * The exchange of a request that the routing filter let pass.
     *
     * @param request a client's request
     * @return its exchange
     */
    public static Exchange of(ServletRequest request) {
        return (Exchange) Objects.requireNonNull(request.getAttribute(ATTRIBUTE), "request was not routed");
    }

    /**
     * The exchange of a request, if it came that far.
     *
     * @param request a client's request
     * @return null if it has no route
     */
    public static @Nullable Exchange find(ServletRequest request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    /**
     * The configuration this exchange keeps.
     *
     * @return never changes
     */
    public Snapshot snapshot() {
        return snapshot;
    }

    /**
     * The client's request.
     *
     * @return as the container gave it
     */
    public HttpServletRequest clientRequest() {
        return clientRequest;
    }

    /**
     * The answer to the client.
     *
     * @return as the container gave it
     */
    public HttpServletResponse clientResponse() {
        return clientResponse;
    }

    /**
     * The request with its route, as the gateway's decisions see it.
     *
     * @return changed only by {@link #rewritten}
     */
    public Routed routed() {
        return routed;
    }

    /**
     * Notes whom the request's token names (step 7).
     *
     * @param identity {@code tenant:object}
     */
    public void identified(String identity) {
        RequestView request = new ServletRequestView(clientRequest, identity);
        routed = new Routed(request, routed.host(), routed.path(), routed.route());
    }

    /**
     * Puts what rewrites made of the request in place of what the client sent (step 9).
     *
     * @param next the request and its route from here on
     * @param response what is still to be done with the answer; null for nothing
     */
    public void rewritten(Routed next, @Nullable ResponseRewrite response) {
        routed = next;
        responseRewrite = response;
    }

    /**
     * What rewrites want of the answer's head (step 13).
     *
     * @return null if they want nothing
     */
    public @Nullable ResponseRewrite responseRewrite() {
        return responseRewrite;
    }

    /**
     * Host of the request: no port, lower case.
     *
     * @return the host that chose the listener
     */
    public String host() {
        return routed.host();
    }

    /**
     * Path of the request.
     *
     * @return as matched and as forwarded
     */
    public RequestPath path() {
        return routed.path();
    }

    /**
     * Where it goes.
     *
     * @return its route
     */
    public Route route() {
        return routed.route();
    }

    /**
     * The live pool it goes to. Only for routes that are no redirect.
     *
     * @return the pool of the route
     */
    public UpstreamPool pool() {
        return snapshot.poolOf(routed.route());
    }

    /**
     * The member that is to take it (step 10).
     *
     * @return empty if none may (REQ-38, WS-4)
     */
    public Optional<Upstream> select() {
        return pool().select();
    }

    /**
     * A member for another try (REQ-38).
     *
     * @param tried the member that failed
     * @return another one; empty if there is none
     */
    public Optional<Upstream> selectOther(Upstream tried) {
        return pool().selectOther(tried);
    }

    /**
     * The id in every log line about it and in {@code X-AppGW-Trace-Id} (REQ-41).
     *
     * @return 32 hex digits
     */
    public String traceId() {
        return traceId;
    }

    /**
     * Notes that a member is being tried.
     *
     * @param member the member
     */
    public void trying(Upstream member) {
        upstream = member;
        tries++;
    }

    /**
     * The member tried last.
     *
     * @return empty if none was tried
     */
    public Optional<Upstream> upstream() {
        return Optional.ofNullable(upstream);
    }

    /**
     * How many members were tried.
     *
     * @return 0-2
     */
    public int tries() {
        return tries;
    }

    /**
     * Time since it began.
     *
     * @return elapsed time
     */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
