package dev.gatehouse.explain;

import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.BodyFraming;
import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.FieldCheck;
import dev.gatehouse.exchange.HeaderSink;
import dev.gatehouse.exchange.RedirectLocation;
import dev.gatehouse.exchange.RequestCheck;
import dev.gatehouse.exchange.RequestRewrites.Outcome;
import dev.gatehouse.exchange.RequestView;
import dev.gatehouse.exchange.Routing;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.exchange.WebSocketHandshake;
import dev.gatehouse.explain.Explanation.BackendHeadText;
import dev.gatehouse.explain.Explanation.Redirected;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Origins;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.Target;
import dev.gatehouse.rewrite.RewriteSets;
import dev.gatehouse.rewrite.RewriteTrace;
import dev.gatehouse.routing.RouteTable;
import dev.gatehouse.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what would become of requests under one configuration, by asking what the filters ask, in their order, and sends
 * nothing. Which members are healthy is not known here: all count as healthy. Thread-safe.
 */
public final class Explainer {
    /** Stands for what is new with every request. */
    static final String TRACE_ID = "<trace-id>";

    static final String KEY = "<fresh-key>";

    private final GatewayConfiguration configuration;
    private final RouteTable routes;
    private final RewriteSets rewrites;
    private final RouteReasons routeReasons;
    private final RewriteReasons rewriteReasons;
    private final TokenReasons tokenReasons;
    private final TargetReasons targetReasons;
    private final MemberReasons memberReasons;

    /**
     * Compiles a configuration.
     *
     * @param configuration a valid configuration
     * @param origins where its parts were written
     * @param notes what reading it had to say; repeated where it bears on a request
     */
    public Explainer(GatewayConfiguration configuration, Origins origins, List<Note> notes) {
        Reasons reasons = new Reasons(origins, notes);
        this.configuration = configuration;
        this.routes = new RouteTable(configuration);
        this.rewrites = new RewriteSets(configuration, routes);
        this.rewriteReasons = new RewriteReasons(reasons);
        this.routeReasons = new RouteReasons(reasons);
        this.tokenReasons = new TokenReasons(reasons, configuration);
        this.targetReasons = new TargetReasons(reasons);
        this.memberReasons = new MemberReasons(reasons, configuration.local());
    }

    /**
     * Explains one request.
     *
     * @param request what a client would send
     * @return what would become of it, and why
     * @throws DescriptionException if it names a frontend that there is not
     */
    public Explanation explain(DescribedRequest request) throws DescriptionException {
        Account account = new Account(request);
        if (!request.assumed().isEmpty()) {
            account.because(
                    Step.REQUEST,
                    "taken for a whole WebSocket handshake; added: " + String.join(", ", request.assumed()));
        }
        Optional<Entrance> entrance = Entrance.of(request, configuration);
        if (entrance.isEmpty()) {
            return account.unanswered(
                    Step.SOCKET,
                    "refused: no rule's listener is on port " + request.parsed().port());
        }
        account.socket(entrance.get().socket());
        routeReasons.socket(entrance.get(), request, account);
        return enter(request, entrance.get(), account);
    }

    private Explanation enter(DescribedRequest request, Entrance entrance, Account account) {
        Protocol spoken = entrance.listener().protocol();
        if (spoken != request.parsed().protocol()) {
            return spoken == Protocol.HTTPS
                    ? account.refused(Step.SOCKET, 400, "plain HTTP sent to an Https port") // REQ-3
                    : account.unanswered(Step.SOCKET, "refused: the port speaks plain Http, so TLS fails there");
        }
        RequestView view = new DescribedView(request, entrance.socket());
        Optional<ExchangeFailure> fault = faultOf(view);
        if (fault.isPresent()) {
            return refused(Step.REQUEST, fault.get(), account);
        }
        Routing routing = Routing.of(view, routes);
        return routing instanceof Routed routed
                ? follow(routed, entrance.socket(), account)
                : unrouted(((Routing.Refused) routing).failure(), view, account);
    }

    // What is described has no body, and a client that sends it says so: LENGTH_MISSING is no fault of a description.
    private Optional<ExchangeFailure> faultOf(RequestView view) {
        ClientLimits limits = configuration.local().traffic().limits();
        return RequestCheck.fault(view, limits)
                .filter(fault -> fault != ExchangeFailure.LENGTH_MISSING)
                .or(() -> Optional.ofNullable(FieldCheck.fault(view, limits)))
                .or(() -> WebSocketHandshake.fault(view));
    }

    private Explanation unrouted(ExchangeFailure failure, RequestView view, Account account) {
        if (failure == ExchangeFailure.MISDIRECTED) {
            routes.certified(view.localAddress(), view.localPort(), view.serverNameIndication())
                    .ifPresent(listener -> routeReasons.misdirected(view.serverNameIndication(), listener, account));
            return refused(Step.LISTENER, failure, account);
        }
        if (failure != ExchangeFailure.NO_LISTENER) {
            return refused(Step.REQUEST, failure, account);
        }
        Routing.hostOf(view)
                .ifPresent(host -> routes.trace(view.localAddress(), view.localPort(), host)
                        .ifPresent(trace -> routeReasons.noListener(host, trace, account)));
        return refused(Step.LISTENER, failure, account);
    }

    private Explanation follow(Routed routed, ListenAddress socket, Account account) {
        routes.trace(socket.address(), socket.port(), routed.host())
                .ifPresent(trace -> routeReasons.route(routed, trace, account));
        @Nullable AdvancedRoutingMap advanced = routed.route().rule().advancedRoutingMap();
        if (advanced != null) {
            routeReasons.advanced(
                    advanced, routes.advancedTrace(routed.route(), routed.path().matched(), routed.request()), account);
        }
        if (routed.route().target() instanceof Target.Redirect) {
            return answered(routed, account);
        }
        TokenReasons.Admission admission = tokenReasons.admit(routed, account);
        if (admission.failure() != null) {
            return refused(Step.TOKEN, admission.failure(), account);
        }
        Routed admitted = admission.routed();
        return admitted.route().rewriteRuleSet() == null ? answered(admitted, account) : rewritten(admitted, account);
    }

    private Explanation rewritten(Routed routed, Account account) {
        RewriteTrace trace = rewrites.trace(routed, TRACE_ID);
        rewriteReasons.tell(trace, account);
        if (trace.outcome() instanceof Outcome.Failed failed) {
            return refused(Step.REWRITE, failed.failure(), account);
        }
        Routed next = ((Outcome.Rewritten) trace.outcome()).routed();
        if (trace.rounds().get(0).reroutes()) {
            rewriteReasons.rerouted(next.route(), account);
        }
        return answered(next, account);
    }

    private Explanation answered(Routed routed, Account account) {
        return routed.route().target() instanceof Target.Redirect redirect
                ? redirected(redirect.configuration(), routed, account)
                : forwarded((Target.Backends) routed.route().target(), routed, account);
    }

    private Explanation redirected(RedirectConfiguration redirect, Routed routed, Account account) {
        targetReasons.redirect(redirect, routed.route(), account);
        int status = redirect.redirectType().status();
        return account.redirected(new Redirected(status, RedirectLocation.of(redirect, routed)));
    }

    private Explanation forwarded(Target.Backends target, Routed routed, Account account) {
        targetReasons.forward(target, routed, account);
        boolean isHandshake = WebSocketHandshake.isAskedBy(routed.request());
        List<String> origins = configuration.local().webSocket().allowedOrigins();
        if (isHandshake && !WebSocketHandshake.isOriginAllowed(routed.request(), origins)) {
            targetReasons.allowedOrigins(origins, account);
            return refused(Step.REQUEST, ExchangeFailure.ORIGIN_REFUSED, account);
        }
        Optional<Upstream> first = memberReasons.first(target, routed, account);
        if (first.isEmpty()) {
            return refused(Step.BACKEND, ExchangeFailure.NO_LIVE_BACKEND, account);
        }
        return account.forwarded(isHandshake ? handshake(routed, first.get()) : head(routed, first.get()));
    }

    private BackendHeadText head(Routed routed, Upstream member) {
        List<HeaderField> fields = new ArrayList<>();
        HeaderSink sink = (name, value) -> fields.add(new HeaderField(name, value));
        BackendHead.write(routed, member, TRACE_ID, sink);
        boolean isBuffered = configuration.gateway().globalConfiguration().enableRequestBuffering();
        BodyFraming.write(routed.request(), BodyFraming.length(routed.request()), isBuffered, sink);
        return text(routed, fields);
    }

    private static BackendHeadText handshake(Routed routed, Upstream member) {
        List<HeaderField> fields = new ArrayList<>();
        HeaderSink sink = (name, value) -> fields.add(new HeaderField(name, value));
        WebSocketHandshake.writeHead(routed, member, TRACE_ID, KEY, sink);
        return text(routed, fields);
    }

    private static BackendHeadText text(Routed routed, List<HeaderField> fields) {
        return new BackendHeadText(routed.request().method() + ' ' + BackendHead.target(routed) + " HTTP/1.1", fields);
    }

    private Explanation refused(Step step, ExchangeFailure failure, Account account) {
        return account.refused(step, failure, configuration.gateway().isV1());
    }
}
