package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.List;

/**
 * Says of everything that would change routing, security or answers and that this version does not apply, where it
 * stands: nothing of the kind is silently ignored (product.md section 5). A feature that arrives loses its line here.
 * Confined to one load.
 */
final class UnsupportedFeatures {
    private static final String WAF =
            "SECURITY: the web application firewall is not applied by this version;" + " requests pass unchecked";

    private final ConfigObject gateway;
    private final Related related;
    private final Problems problems;

    private UnsupportedFeatures(ConfigObject gateway, Related related, Problems problems) {
        this.gateway = gateway;
        this.related = related;
        this.problems = problems;
    }

    static void report(ConfigObject gateway, Related related, Problems problems) {
        UnsupportedFeatures features = new UnsupportedFeatures(gateway, related, problems);
        features.reportGateway();
        gateway.objects("httpListeners").forEach(features::sayFirewall);
        gateway.objects("requestRoutingRules").forEach(features::reportRule);
        gateway.objects("urlPathMaps").forEach(features::reportMap);
    }

    private void reportGateway() {
        sayFirewall(gateway);
        gateway.object("webApplicationFirewallConfiguration")
                .filter(waf -> waf.flag("enabled", true))
                .ifPresent(waf -> say(gateway, "webApplicationFirewallConfiguration", "WAF", WAF));
        String layerFour = "the layer-4 proxy is not part of this version; these are not served";
        List.of("listeners", "backendSettingsCollection", "routingRules")
                .forEach(name -> sayIfAny(gateway, name, "CFG-3", layerFour));
    }

    private void reportRule(ConfigObject rule) {
        sayIfAny(
                rule,
                "authConfigs",
                "REQ-16",
                "SECURITY: authConfigs are not applied by this version; only an entraJWTValidationConfig keeps"
                        + " strangers out");
    }

    private void reportMap(ConfigObject map) {
        for (ConfigObject rule : map.objects("pathRules")) {
            sayFirewall(rule);
        }
    }

    private void sayFirewall(ConfigObject owner) {
        String policy = owner.reference("firewallPolicy")
                .flatMap(related::firewallPolicy)
                .map(UnsupportedFeatures::describe)
                .orElse("");
        say(owner, "firewallPolicy", "WAF", WAF + policy);
    }

    private static String describe(ConfigObject policy) {
        String mode = policy.object("policySettings")
                .flatMap(settings -> settings.text("mode"))
                .orElse("Detection");
        int rules = policy.array("customRules").size();
        return "; the policy of this file is in mode " + mode + " and has " + rules + " custom rules";
    }

    private void sayIfAny(ConfigObject object, String name, String id, String message) {
        // An expression in place of the array counts as something.
        boolean isEmpty = object.get(name).filter(ArrayNode.class::isInstance).isPresent()
                && object.array(name).isEmpty();
        if (!isEmpty) {
            say(object, name, id, message);
        }
    }

    private void say(ConfigObject object, String name, String id, String message) {
        if (object.isStated(name)) {
            String owner = object.text("name")
                    .map(text -> " (of " + Wording.quote(text) + ")")
                    .orElse("");
            problems.warn(
                    id,
                    Kind.UNSUPPORTED,
                    object.placeOf(name),
                    message + owner + ".",
                    "Do without it, or keep this traffic on Azure until a later version.");
        }
    }
}
