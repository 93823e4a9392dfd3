package dev.gatehouse.routing;

import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.RewriteRuleSet;
import dev.gatehouse.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes, decided once per configuration and shared by all requests that match the same way. Immutable.
 *
 * @param listener the listener that took the request
 * @param rule the rule of that listener
 * @param pathRule the path rule that matched; absent for Basic rules and for the map's default
 * @param pattern the pattern of it that matched, with its {@code *}; absent with {@code pathRule}
 * @param advancedRule the advanced rule that matched (section 4.18); absent otherwise
 * @param target a pool or a policy with settings, or a redirect
 * @param rewriteRuleSet rewrites of what goes there (REQ-28), absent for none
 * @param forwardIndex position of the target in {@link RouteTable#targets()}, -1 for a redirect
 * @param forwarding how what goes there may differ from what is documented
 */
public record Route(
        HttpListener listener,
        RequestRoutingRule rule,
        @Nullable PathRule pathRule,
        @Nullable String pattern,
        AdvancedRoutingMap.@Nullable Rule advancedRule,
        Target target,
        @Nullable RewriteRuleSet rewriteRuleSet,
        int forwardIndex,
        ForwardingSettings forwarding) {}
