package dev.gatehouse.template;

import dev.gatehouse.document.Need;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code reference()} will answer for a resource of the same template, as far as the template says it: its own
 * properties, the outputs of a deployment, and addresses that Azure derives from names. Confined to one load.
 */
final class KnownProperties {
    private final AzureScope azure;
    private final Expander expander;

    KnownProperties(AzureScope azure, Expander expander) {
        this.azure = azure;
        this.expander = expander;
    }

    ObjectNode of(Resource resource, Call call) {
        Composer at = new Composer(call.place());
        Optional<Deployment> deployment = resource.nested();
        if (deployment.isPresent()) {
            return at.object("outputs", deployment.get().outputs(call));
        }
        if (resource.isOf(Deployment.TYPE)) {
            return at.object();
        }
        Map<String, Member> members = new LinkedHashMap<>();
        members.putAll(guessed(resource.type(), resource.name(), at).byFoldedName());
        members.putAll(address(resource, at).byFoldedName());
        ownProperties(resource, call)
                .ifPresent(own -> own.byFoldedName().forEach((folded, member) -> members.putIfAbsent(folded, member)));
        Need need = new Need(Need.Kind.REFERENCE, resource.name(), List.of(), Need.TEXT);
        Node open = RuntimeValues.open(new ObjectNode(call.place(), members), need, call);
        return open instanceof OpenNode node ? node.known().orElseThrow() : at.object();
    }

    private Optional<ObjectNode> ownProperties(Resource resource, Call call) {
        if (resource.isExisting()) {
            return Optional.empty(); // The template only points at it.
        }
        Node evaluated = expander.guarded("resource " + resource.name(), resource, call, resource::evaluated);
        return evaluated instanceof ObjectNode object ? object.object("properties") : Optional.empty();
    }

    /** What Azure derives from the name of a resource that is made elsewhere. */
    Optional<ObjectNode> derived(ResourceId id, Call call) {
        return id.type().isEmpty()
                ? Optional.empty()
                : Optional.of(guessed(id.type(), id.name(), new Composer(call.place())));
    }

    /** Only of names that are known to the last character; every guess is told, and the user's references replace it. */
    private ObjectNode guessed(String type, String name, Composer at) {
        ObjectNode guess = name.indexOf('«') >= 0 ? at.object() : guess(type, name, at);
        if (!guess.members().isEmpty()) {
            tellGuess(name, "name", at);
        }
        return guess;
    }

    private void tellGuess(String name, String source, Composer at) {
        expander.problems()
                .info(
                        "CFG-13",
                        Kind.BINDING,
                        at.place(),
                        "what reference() says of " + Wording.quote(name) + " is derived from its " + source
                                + ", as Azure does.",
                        "If it is called otherwise, say so in \"references\" of the local file.");
    }

    private static ObjectNode guess(String type, String name, Composer at) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "microsoft.keyvault/vaults" -> at.object("vaultUri", at.text("https://" + name + ".vault.azure.net/"));
            case "microsoft.web/sites" -> webSite(name + ".azurewebsites.net", at);
            case "microsoft.storage/storageaccounts" ->
                at.object(
                        "primaryEndpoints", at.object("blob", at.text("https://" + name + ".blob.core.windows.net/")));
            default -> at.object();
        };
    }

    private ObjectNode address(Resource resource, Composer at) {
        return resource.isOf("Microsoft.Network/publicIPAddresses") ? publicAddress(resource, at) : at.object();
    }

    private static ObjectNode webSite(String host, Composer at) {
        return at.object("defaultHostName", at.text(host), "hostNames", at.array(at.text(host)));
    }

    private ObjectNode publicAddress(Resource resource, Composer at) {
        ObjectNode address = fqdn(resource, resource.location().orElse(azure.location()), at);
        if (!address.members().isEmpty()) {
            tellGuess(resource.name(), "label and region", at);
        }
        return address;
    }

    private static ObjectNode fqdn(Resource resource, String region, Composer at) {
        return resource.evaluated()
                .object("properties")
                .flatMap(properties -> properties.object("dnsSettings"))
                .flatMap(dns -> dns.text("domainNameLabel"))
                .map(label -> label + '.' + shortName(region) + ".cloudapp.azure.com")
                .map(fqdn -> at.object("dnsSettings", at.object("fqdn", at.text(fqdn))))
                .orElseGet(at::object);
    }

    /** Templates may say "Central US"; Azure then calls it centralus. */
    private static String shortName(String region) {
        return region.toLowerCase(Locale.ROOT).replace(" ", "");
    }
}
