package dev.gatehouse.explain;

import dev.gatehouse.exchange.BackendHead;
import dev.gatehouse.exchange.RewrittenRequest;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LoadDistributionPolicy;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.routing.RequestPath;
import dev.gatehouse.routing.Route;
import dev.gatehouse.upstream.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a route leads to its redirect, or to its pool, settings and member. Stateless but for the places. */
final class TargetReasons {
    private final Reasons reasons;

    TargetReasons(Reasons reasons) {
        this.reasons = reasons;
    }

    void redirect(RedirectConfiguration redirect, Route route, Account account) {
        String element = "redirectConfigurations/" + redirect.name();
        account.because(
                Step.REDIRECT,
                reasons.of(holder(route), member(route, "redirectConfiguration")),
                "leads to redirect \"" + redirect.name() + '"');
        account.because(
                Step.REDIRECT,
                reasons.of(element, "redirectType"),
                redirect.redirectType().azureName() + " is "
                        + redirect.redirectType().status());
        @Nullable HttpListener listener = redirect.targetListener();
        account.because(
                Step.REDIRECT,
                reasons.of(element, listener == null ? "targetUrl" : "targetListener"),
                listener == null ? "to this URL" : "to scheme, host and port of listener \"" + listener.name() + '"');
        include(element, "includePath", "the path", redirect.includePath(), account);
        include(element, "includeQueryString", "the query", redirect.includeQueryString(), account);
        reasons.addNotes(Step.REDIRECT, element, account);
    }

    private void include(String element, String member, String what, boolean isIncluded, Account account) {
        String reason = reasons.has(element, member) ? "" : ", for it is not said otherwise";
        account.because(
                Step.REDIRECT,
                reasons.of(element, member),
                what + (isIncluded ? " is taken along" : " is left behind") + reason);
    }

    void forward(Target.Backends target, Routed routed, Account account) {
        Route route = routed.route();
        account.pool(target.pairs().get(0).pool().name(), target.settings().name());
        if (target instanceof Target.Distribute distribute) {
            policy(distribute, route, account);
        } else {
            String pool = target.pairs().get(0).pool().name();
            account.because(
                    Step.POOL,
                    reasons.of(holder(route), member(route, "backendAddressPool")),
                    "leads to pool \"" + pool + '"');
        }
        for (Target.Forward pair : target.pairs()) {
            reasons.addNotes(Step.POOL, "backendAddressPools/" + pair.pool().name(), account);
        }
        account.because(
                Step.SETTINGS,
                reasons.of(holder(route), member(route, "backendHttpSettings")),
                "leads to settings \"" + target.settings().name() + '"');
        settings(target.settings(), routed, account);
        forwarding(routed, account);
    }

    // The two switches of the local file that change what a backend gets (REQ-4, REQ-22).
    private void forwarding(Routed routed, Account account) {
        ForwardingSettings forwarding = routed.route().forwarding();
        String path = routed.request().path();
        boolean holdsDots = RequestPath.of(path)
                .filter(read -> !read.forwarded().equals(path))
                .isPresent();
        if (!forwarding.forwardNormalizedPath() && holdsDots) {
            account.because(
                    Step.SETTINGS,
                    reasons.of("local/forwarding", "forwardNormalizedPath"),
                    "the local file has the path forwarded with its dot segments");
        }
        if (forwarding.allowUnderscoreHeaders() && BackendHead.hasUnusualFields(routed.request())) {
            account.because(
                    Step.SETTINGS,
                    reasons.of("local/forwarding", "allowUnderscoreHeaders"),
                    "the local file has fields forwarded whose name holds more than letters, digits and \"-\"");
        }
    }

    // REQ-36
    private void policy(Target.Distribute target, Route route, Account account) {
        LoadDistributionPolicy policy = target.policy();
        String element = "loadDistributionPolicies/" + policy.name();
        account.because(
                Step.POOL,
                reasons.of(holder(route), member(route, "loadDistributionPolicy")),
                "leads to load distribution policy \"" + policy.name() + '"');
        account.because(
                Step.POOL, reasons.of(element, "loadDistributionAlgorithm"), MemberReasons.words(policy.algorithm()));
        for (LoadDistributionPolicy.WeightedPool weighted : policy.targets()) {
            account.because(
                    Step.POOL,
                    reasons.of(element, "loadDistributionTargets"),
                    "each member of pool \"" + weighted.pool().name() + "\" has weight " + weighted.weightPerServer());
        }
        reasons.addNotes(Step.POOL, element, account);
    }

    private void settings(BackendHttpSettings settings, Routed routed, Account account) {
        String element = "backendHttpSettingsCollection/" + settings.name();
        account.because(
                Step.SETTINGS,
                reasons.of(element, "port"),
                settings.protocol().azureName() + ", port " + settings.port());
        host(settings, element, routed, account);
        if (settings.dedicatedBackendConnection()) { // REQ-44
            account.because(
                    Step.SETTINGS,
                    reasons.of(element, "dedicatedBackendConnection"),
                    "each client connection has a backend connection of its own, and keeps its member with it");
        }
        @Nullable String path = settings.path();
        if (path != null && !path.isEmpty()) {
            account.because(
                    Step.SETTINGS,
                    reasons.of(element, "path"),
                    "\"" + path + "\" takes the place of the matched part of the path");
        }
        reasons.addNotes(Step.SETTINGS, element, account);
    }

    // REQ-39, as BackendHead applies it
    private void host(BackendHttpSettings settings, String element, Routed routed, Account account) {
        @Nullable RewrittenRequest rewritten = routed.rewritten();
        if (rewritten != null && rewritten.host() != null) {
            account.because(Step.SETTINGS, "Host stays as a rewrite set it: \"" + rewritten.host() + '"');
            return;
        }
        @Nullable String fixed = settings.hostOverride().hostName();
        if (fixed != null) {
            account.because(Step.SETTINGS, reasons.of(element, "hostName"), "Host becomes \"" + fixed + '"');
        } else if (settings.hostOverride().pickFromBackendAddress()) {
            account.because(
                    Step.SETTINGS,
                    reasons.of(element, "pickHostNameFromBackendAddress"),
                    "Host becomes the member's own name");
        } else {
            account.because(Step.SETTINGS, reasons.of(element, "name"), "no host override: Host stays the client's");
        }
    }

    void allowedOrigins(List<String> allowed, Account account) {
        account.because(
                Step.REQUEST,
                reasons.of("local/webSocket", "allowedOrigins"),
                "WebSocket is for Origin " + String.join(", ", allowed) + " only");
    }

    static String dialled(Upstream member) {
        return HostText.join(member.dialHost(), member.dialPort());
    }

    /** The element that names the target: the rule, the path rule, or the map whose default applies. */
    static String holder(Route route) {
        @Nullable UrlPathMap map = route.rule().urlPathMap();
        @Nullable AdvancedRoutingMap advanced = route.rule().advancedRoutingMap();
        if (advanced != null) {
            AdvancedRoutingMap.@Nullable Rule taken = route.advancedRule();
            String element = "advancedRoutingMaps/" + advanced.name();
            return taken == null ? element : element + "/advancedRoutingRules/" + taken.name();
        }
        if (map == null) {
            return "requestRoutingRules/" + route.rule().name();
        }
        @Nullable PathRule pathRule = route.pathRule();
        String element = "urlPathMaps/" + map.name();
        return pathRule == null ? element : element + "/pathRules/" + pathRule.name();
    }

    static String member(Route route, String name) {
        boolean hasMap = route.rule().urlPathMap() != null || route.rule().advancedRoutingMap() != null;
        boolean isDefault = hasMap && route.pathRule() == null && route.advancedRule() == null;
        return isDefault ? "default" + Character.toUpperCase(name.charAt(0)) + name.substring(1) : name;
    }
}
