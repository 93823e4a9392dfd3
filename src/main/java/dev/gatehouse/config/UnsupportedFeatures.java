package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says of everything that would change routing, security or answers and that this version does not apply, where it
 * stands: nothing of the kind is silently ignored (product.md section 5). A feature that arrives loses its line here.
 * Confined to one load.
 */
final class UnsupportedFeatures {
    private static final String WAF =
            "SECURITY: the web application firewall is not applied by this version;" + " requests pass unchecked";
    private static final String POLICY = "TLS policies are not applied by this version; AppGwSslPolicy20220101 holds,"
            + " or what the container's connector says";

    private final ConfigObject gateway;
    private final Related related;
    private final Problems problems;
    private final Map<String, ConfigObject> profiles = new HashMap<>();

    private UnsupportedFeatures(ConfigObject gateway, Related related, Problems problems) {
        this.gateway = gateway;
        this.related = related;
        this.problems = problems;
        gateway.objects("sslProfiles")
                .forEach(profile ->
                        profile.text("name").ifPresent(name -> profiles.put(ObjectNode.fold(name), profile)));
    }

    static void report(ConfigObject gateway, Related related, Problems problems) {
        UnsupportedFeatures features = new UnsupportedFeatures(gateway, related, problems);
        features.reportGateway();
        gateway.objects("httpListeners").forEach(features::reportListener);
        gateway.objects("backendHttpSettingsCollection").forEach(features::reportSettings);
        gateway.objects("requestRoutingRules").forEach(features::reportRule);
        gateway.objects("urlPathMaps").forEach(features::reportMap);
    }

    private void reportGateway() {
        sayPolicy(gateway);
        sayFirewall(gateway);
        gateway.object("webApplicationFirewallConfiguration")
                .filter(waf -> waf.flag("enabled", true))
                .ifPresent(waf -> say(gateway, "webApplicationFirewallConfiguration", "WAF", WAF));
        String layerFour = "the layer-4 proxy is not part of this version; these are not served";
        List.of("listeners", "backendSettingsCollection", "routingRules")
                .forEach(name -> sayIfAny(gateway, name, "CFG-3", layerFour));
    }

    private void reportListener(ConfigObject listener) {
        sayFirewall(listener);
        listener.reference("sslProfile").ifPresent(id -> reportProfile(listener, id));
    }

    private void reportProfile(ConfigObject listener, Reference id) {
        @Nullable
        ConfigObject profile =
                profiles.get(ObjectNode.fold(ReferenceText.of(id.text()).name()));
        if (profile == null) {
            return; // a dangling reference is an error of its own
        }
        if (ProfileReader.asksClients(profile)) {
            say(
                    listener,
                    "sslProfile",
                    "TLS-30",
                    "SECURITY: client certificates are not asked for by this version; every client is let in");
        }
        sayPolicy(profile);
    }

    private void sayPolicy(ConfigObject owner) {
        owner.object("sslPolicy")
                .filter(SslPolicyReader::isGiven)
                .ifPresent(policy -> say(owner, "sslPolicy", "CFG-18", POLICY));
    }

    private void reportSettings(ConfigObject settings) {
        sayIfAny(
                settings,
                "authenticationCertificates",
                "TLS-45",
                "SECURITY: authentication certificates are not applied by this version; backends are judged by the"
                        + " roots alone");
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
