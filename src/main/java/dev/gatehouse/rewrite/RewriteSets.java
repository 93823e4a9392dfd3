package dev.gatehouse.rewrite;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.RequestRewrites;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.routing.Route;
import dev.gatehouse.routing.RouteTable;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All rewrite sets that the rules of one configuration name (REQ-28), compiled, and the rounds they run in (REQ-32).
 * Immutable, thread-safe.
 */
public final class RewriteSets implements RequestRewrites {
    /** Sets that may run on one request before it counts as a loop. */
    static final int MOST_ROUNDS = 10;

    private final RouteTable routes;
    // By identity: a set is a deep record, and hashing one for each request would cost more than running it.
    private final IdentityHashMap<RewriteRuleSet, CompiledSet> sets = new IdentityHashMap<>();

    /**
     * Compiles a configuration.
     *
     * @param configuration a valid configuration
     * @param routes its routes
     */
    public RewriteSets(GatewayConfiguration configuration, RouteTable routes) {
        this.routes = routes;
        for (RequestRoutingRule rule : configuration.gateway().requestRoutingRules()) {
            add(rule.rewriteRuleSet());
            @Nullable UrlPathMap map = rule.urlPathMap();
            if (map != null) {
                add(map.defaultRewriteRuleSet());
                map.pathRules().forEach(pathRule -> add(pathRule.rewriteRuleSet()));
            }
            @Nullable AdvancedRoutingMap advanced = rule.advancedRoutingMap();
            if (advanced != null) {
                add(advanced.defaultRewriteRuleSet());
                advanced.rules().forEach(each -> add(each.rewriteRuleSet()));
            }
        }
    }

    private void add(@Nullable RewriteRuleSet set) {
        if (set != null && !sets.containsKey(set)) {
            sets.put(set, new CompiledSet(set));
        }
    }

    @Override
    public Outcome apply(Routed routed, String traceId) {
        return run(routed, traceId, null);
    }

    /**
     * As {@link #apply}, with notes of every step.
     *
     * @param routed a request whose route is no redirect
     * @param traceId stands for the id of the exchange
     * @return what came of it, and how
     */
    public RewriteTrace trace(Routed routed, String traceId) {
        RewriteTrace.Recorder recorder = new RewriteTrace.Recorder();
        return recorder.trace(run(routed, traceId, recorder));
    }

    private Outcome run(Routed routed, String traceId, RewriteTrace.@Nullable Recorder trace) {
        Message message = new Message(routed, traceId);
        AnswerRewrite answer = new AnswerRewrite(message);
        Route route = routed.route();
        for (int round = 0; ; round++) {
            @Nullable RewriteRuleSet set = route.rewriteRuleSet();
            if (set == null || route.target() instanceof Target.Redirect) { // REQ-24: not for redirects
                return rewritten(message, route, answer);
            }
            if (round == MOST_ROUNDS) {
                return new Outcome.Failed(ExchangeFailure.REWRITE_LOOP);
            }
            boolean reroutes =
                    compiled(set).run(message, answer, trace) && route.rule().urlPathMap() != null;
            if (trace != null) {
                trace.endRound(route, set, message, reroutes);
            }
            if (message.path().isEmpty()) {
                return new Outcome.Failed(ExchangeFailure.PATH_INVALID);
            }
            if (!reroutes) {
                return rewritten(message, route, answer);
            }
            route = routes.rematch(route, message.path().get().matched()).orElse(route);
        }
    }

    private static Outcome rewritten(Message message, Route route, AnswerRewrite answer) {
        return new Outcome.Rewritten(message.rewritten(route), answer.isEmpty() ? null : answer);
    }

    private CompiledSet compiled(RewriteRuleSet set) {
        return Objects.requireNonNull(sets.get(set), "rewrite set of a route of another configuration");
    }
}
