package dev.gatehouse.explain;

import dev.gatehouse.exchange.RewrittenRequest;
import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Origin;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import dev.gatehouse.routing.Route;
import dev.gatehouse.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a route leads to its redirect, or to its pool, settings and member. Stateless but for the places. */
final class TargetReasons {
    private final Reasons reasons;
    private final LocalSettings local;

    TargetReasons(Reasons reasons, LocalSettings local) {
        this.reasons = reasons;
        this.local = local;
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

    void forward(Target.Forward target, Routed routed, Account account) {
        Route route = routed.route();
        String pool = "backendAddressPools/" + target.pool().name();
        account.pool(target.pool().name(), target.settings().name());
        account.because(
                Step.POOL,
                reasons.of(holder(route), member(route, "backendAddressPool")),
                "leads to pool \"" + target.pool().name() + '"');
        reasons.addNotes(Step.POOL, pool, account);
        account.because(
                Step.SETTINGS,
                reasons.of(holder(route), member(route, "backendHttpSettings")),
                "leads to settings \"" + target.settings().name() + '"');
        settings(target.settings(), routed, account);
    }

    private void settings(BackendHttpSettings settings, Routed routed, Account account) {
        String element = "backendHttpSettingsCollection/" + settings.name();
        account.because(
                Step.SETTINGS,
                reasons.of(element, "port"),
                settings.protocol().azureName() + ", port " + settings.port());
        host(settings, element, routed, account);
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

    void members(Target.Forward target, List<Upstream> members, Upstream first, Account account) {
        for (Upstream member : members) {
            account.because(
                    Step.BACKEND,
                    placeOf(member, target),
                    member + (member == first ? " is first in turn; health is not known here" : " has a later turn"));
            entryFor(member)
                    .ifPresent(entry -> account.because(
                            Step.BACKEND,
                            reasons.of("local/addresses", entry.pattern()),
                            "the local file has it at " + dialled(member)));
        }
    }

    private Optional<AddressMap.Entry> entryFor(Upstream member) {
        return local.addresses().entryFor(member.address().host(), member.port());
    }

    /** In the gateway file, or in the local file if that adds it. */
    private Optional<Origin> placeOf(Upstream member, Target.Forward target) {
        String pool = target.pool().name();
        boolean isAdded = local.pools().values().stream().anyMatch(added -> added.contains(member.address()))
                && reasons.has("local/pools", pool);
        return isAdded && member.address().port() != null
                ? reasons.saying("local/pools", member.address().toString(), pool)
                : reasons.saying("backendAddressPools/" + pool, member.address().host(), "backendAddresses");
    }

    static String dialled(Upstream member) {
        return HostText.join(member.dialHost(), member.dialPort());
    }

    /** The element that names the target: the rule, the path rule, or the map whose default applies. */
    static String holder(Route route) {
        @Nullable UrlPathMap map = route.rule().urlPathMap();
        if (map == null) {
            return "requestRoutingRules/" + route.rule().name();
        }
        @Nullable PathRule pathRule = route.pathRule();
        String element = "urlPathMaps/" + map.name();
        return pathRule == null ? element : element + "/pathRules/" + pathRule.name();
    }

    static String member(Route route, String name) {
        boolean isDefault = route.rule().urlPathMap() != null && route.pathRule() == null;
        return isDefault ? "default" + Character.toUpperCase(name.charAt(0)) + name.substring(1) : name;
    }
}
