package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import java.util.Locale;
import java.util.Optional;

/**
 * What the functions about the deployment's surroundings answer: {@code resourceGroup()}, {@code subscription()} and
 * their like, from the local file's {@code scope} or fixed placeholders. Only names and the last segments of ids matter
 * here. Immutable.
 */
final class AzureScope {
    static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    private final Optional<ObjectNode> scope;

    AzureScope(Optional<ObjectNode> scope) {
        this.scope = scope;
    }

    String subscriptionId() {
        return text("subscriptionId", NO_ID);
    }

    String resourceGroup() {
        return text("resourceGroup", "rg");
    }

    String location() {
        return text("location", "westeurope");
    }

    /** The object that a function answers, at the place that asked. */
    Node answer(String function, Place place) {
        Composer at = new Composer(place);
        return switch (function.toLowerCase(Locale.ROOT)) {
            case "resourcegroup" -> resourceGroup(at);
            case "subscription" -> subscription(at);
            case "tenant" -> at.object("tenantId", at.text(tenantId()), "displayName", at.text("tenant"));
            case "managementgroup" ->
                at.object(
                        "id",
                        at.text("/providers/Microsoft.Management/managementGroups/group"),
                        "name",
                        at.text("group"));
            case "deployer" -> at.object("objectId", at.text(NO_ID), "tenantId", at.text(tenantId()));
            case "environment" -> environment(at);
            default -> deployment(at);
        };
    }

    private Node resourceGroup(Composer at) {
        String name = resourceGroup();
        return at.object(
                "id",
                at.text("/subscriptions/" + subscriptionId() + "/resourceGroups/" + name),
                "name",
                at.text(name),
                "type",
                at.text("Microsoft.Resources/resourceGroups"),
                "location",
                at.text(location()),
                "tags",
                at.object(),
                "properties",
                at.object("provisioningState", at.text("Succeeded")));
    }

    private Node subscription(Composer at) {
        return at.object(
                "id",
                at.text("/subscriptions/" + subscriptionId()),
                "subscriptionId",
                at.text(subscriptionId()),
                "tenantId",
                at.text(tenantId()),
                "displayName",
                at.text("subscription"));
    }

    /** Its address stands for the template's own folder, so that links relative to it can be found there. */
    private Node deployment(Composer at) {
        return at.object(
                "name",
                at.text(text("deployment", "deployment")),
                "location",
                at.text(location()),
                "properties",
                at.object(
                        "mode",
                        at.text("Incremental"),
                        "templateLink",
                        at.object("uri", at.text("https://localhost/template.json"))));
    }

    private static Node environment(Composer at) {
        return at.object(
                "name",
                at.text("AzureCloud"),
                "resourceManager",
                at.text("https://management.azure.com/"),
                "portal",
                at.text("https://portal.azure.com"),
                "authentication",
                at.object("loginEndpoint", at.text("https://login.microsoftonline.com/")),
                "suffixes",
                at.object(
                        "acrLoginServer",
                        at.text(".azurecr.io"),
                        "keyvaultDns",
                        at.text(".vault.azure.net"),
                        "sqlServerHostname",
                        at.text(".database.windows.net"),
                        "storage",
                        at.text("core.windows.net")));
    }

    private String tenantId() {
        return text("tenantId", NO_ID);
    }

    private String text(String key, String otherwise) {
        return scope.flatMap(object -> object.text(key))
                .filter(text -> !text.isBlank())
                .orElse(otherwise);
    }
}
