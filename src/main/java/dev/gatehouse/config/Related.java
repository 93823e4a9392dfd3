package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problems;
import dev.gatehouse.template.Templates;
import java.util.Optional;

/**
 * Resources of other types that the gateway's own template makes and the gateway refers to: public addresses, firewall
 * policies. Outside a template there are none. Confined to one load.
 */
final class Related {
    private static final String PUBLIC_ADDRESS = "Microsoft.Network/publicIPAddresses";
    private static final String FIREWALL_POLICY = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies";

    private final Optional<Templates.Expansion> template;

    Related(Optional<Templates.Expansion> template) {
        this.template = template;
    }

    Optional<ConfigObject> publicAddress(Reference reference) {
        return find(PUBLIC_ADDRESS, reference);
    }

    Optional<ConfigObject> firewallPolicy(Reference reference) {
        return find(FIREWALL_POLICY, reference);
    }

    private Optional<ConfigObject> find(String type, Reference reference) {
        String name = ReferenceText.of(reference.text()).name();
        Optional<ObjectNode> resource = template.flatMap(resources -> resources.resource(type, name));
        // What is wrong with another resource is said by whoever reads it, or is Azure's business.
        return resource.map(node -> ConfigObject.of(node, new Problems()));
    }
}
