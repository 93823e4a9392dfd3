package dev.gatehouse.exchange;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import dev.gatehouse.upstream.Affinity;
import dev.gatehouse.upstream.ClientConnection;
import dev.gatehouse.upstream.Selection;
import dev.gatehouse.upstream.Upstream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final AccessRecord record;
    private Routed routed;
    private @Nullable ResponseRewrite responseRewrite;
    private @Nullable Upstream upstream;
    private @Nullable Upstream namedByCookie;
    private @Nullable ClientConnection clientConnection;
    private List<Upstream> failed = List.of();
    private int tries;
    private volatile @Nullable Runnable cutting;
    private volatile @Nullable Long endNanos;
    private volatile boolean wasCut;
    private @Nullable Instant tokenEnd;

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
        this.record = AccessRecord.of(clientRequest);
        record.routed(this);
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
     * What the access log and the metrics will tell of it.
     *
     * @return confined to the thread of the request
     */
    public AccessRecord record() {
        return record;
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
     * @param expires when the token ends
     */
    public void identified(String identity, Instant expires) {
        tokenEnd = expires;
        RequestView request = new ServletRequestView(clientRequest, identity);
        routed = new Routed(request, routed.host(), routed.path(), routed.route());
    }

    /**
     * When the token ends that the request came with.
     *
     * @return empty if no rule asked for one
     */
    public Optional<Instant> tokenEnd() {
        return Optional.ofNullable(tokenEnd);
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
     * The members it may go to. Only for routes that are no redirect.
     *
     * @return the live side of the route's target
     */
    public Selection pool() {
        return snapshot.poolOf(routed.route());
    }

    /**
     * The member that is to take it (step 10): the one its client is bound to (REQ-35, REQ-44), else whose turn it is.
     *
     * @return empty if none may (REQ-38, WS-4)
     */
    public Optional<Upstream> select() {
        Selection selection = pool();
        @Nullable Upstream bound = bound(selection);
        return bound == null ? selection.select(routed.request().remoteAddress()) : Optional.of(bound);
    }

    private @Nullable Upstream bound(Selection selection) {
        @Nullable Affinity affinity = selection.affinity().orElse(null);
        if (affinity != null) {
            @Nullable Upstream named = affinity.memberOf(routed.request().headers("Cookie"));
            if (named != null && selection.mayServe(named)) {
                namedByCookie = named;
                return named;
            }
        }
        @Nullable ClientConnection connection = clientConnection().orElse(null);
        @Nullable
        Upstream own = connection == null
                ? null
                : selection.client().memberOf(connection).orElse(null);
        return own != null && selection.mayServe(own) ? own : null;
    }

    /**
     * Whether another member may know less of this client than the one it was given.
     *
     * @return true if a cookie, an address or a connection of its own binds it
     */
    public boolean isBound() {
        return namedByCookie != null || pool().isSticky() || pool().settings().dedicatedBackendConnection();
    }

    /**
     * A member for another try (REQ-38).
     *
     * @param tried the member that failed
     * @return one that was not tried yet; empty if there is none
     */
    public Optional<Upstream> selectOther(Upstream tried) {
        if (failed.isEmpty()) {
            failed = new ArrayList<>();
        }
        failed.add(tried);
        return pool().selectOther(routed.request().remoteAddress(), failed);
    }

    /**
     * The client's connection, where it has a backend connection of its own (REQ-44).
     *
     * @return empty if the settings let clients share connections
     */
    public Optional<ClientConnection> clientConnection() {
        if (clientConnection == null && pool().settings().dedicatedBackendConnection()) {
            clientConnection = ClientConnections.of(clientRequest);
        }
        return Optional.ofNullable(clientConnection);
    }

    /**
     * The cookies that bind the client to the member that answers (REQ-35, WS-15).
     *
     * @return values of {@code Set-Cookie}; empty if affinity is off, or if the client named that member itself
     */
    public List<String> affinityCookies() {
        @Nullable Affinity affinity = pool().affinity().orElse(null);
        @Nullable Upstream member = upstream;
        return affinity == null || member == null || member == namedByCookie ? List.of() : affinity.setCookies(member);
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
        record.trying(member);
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
     * How often a member was tried.
     *
     * @return at most the number of members and one more
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

    /**
     * A backend is at work on it from now on.
     *
     * @param cut ends that from any thread
     */
    public void cutBy(Runnable cut) {
        cutting = cut;
    }

    /** Where it is; for others than its own thread only while it is in flight. Empty until a backend is at work. */
    Optional<Position> position() {
        @Nullable Upstream member = upstream;
        return member == null || cutting == null ? Optional.empty() : Optional.of(Position.of(this, member));
    }

    /** When it must be over; empty if it may take its time. */
    void departs(Optional<Departure> departure) {
        if (departure.isEmpty()) {
            endNanos = null;
        } else if (endNanos == null) {
            endNanos = System.nanoTime() + departure.get().latest().toNanos();
        }
    }

    boolean isOverdue(long nowNanos) {
        @Nullable Long end = endNanos;
        return end != null && nowNanos - end >= 0;
    }

    boolean isOlder(long nanos) {
        return startNanos - nanos < 0;
    }

    void cut() {
        wasCut = true;
        @Nullable Runnable end = cutting;
        if (end != null) {
            end.run();
        }
    }

    /**
     * Whether it was ended because its backend, rule or listener is gone (REQ-37): it is not tried elsewhere.
     *
     * @return true from then on
     */
    public boolean wasCut() {
        return wasCut;
    }
}
