package dev.gatehouse.testkit;

/**
 * Gateways of any size, in ARM's layout: listeners with a host name each on one port, each with a path map. Stateless.
 *
 * <p>Listener {@code n} has the host {@code site<n>.example}; rule {@code m} of its map takes
 * {@code /area<m>/v1/*} to the pool {@code pool<n>-<m % pools>}, everything else goes to {@code pool<n>-0}.
 */
public final class LargeGateway {
    /** Pools per listener. */
    public static final int POOLS = 5;

    private final int listeners;
    private final int pathRules;

    /**
     * A gateway with as many path rules as the product of both.
     *
     * @param listeners how many
     * @param pathRules path rules in the map of each listener
     */
    public LargeGateway(int listeners, int pathRules) {
        this.listeners = listeners;
        this.pathRules = pathRules;
    }

    /** The host name of a listener. */
    public static String host(int listener) {
        return "site" + listener + ".example";
    }

    /** A path that only one rule of each map takes. */
    public static String path(int rule) {
        return "/area" + rule + "/v1/users/17";
    }

    /** The pool at which such a request arrives. */
    public static String pool(int listener, int rule) {
        return "pool" + listener + "-" + rule % POOLS;
    }

    /** The file's text, about 0.8 KiB for each path rule. */
    public String json() {
        StringBuilder json = new StringBuilder("""
                { "name": "large", "type": "Microsoft.Network/applicationGateways", "properties": {
                  "sku": { "name": "Standard_v2", "tier": "Standard_v2" },
                  "frontendIPConfigurations": [ { "name": "front", "properties": {} } ],
                  "frontendPorts": [ { "name": "port80", "properties": { "port": 80 } } ],
                  "backendHttpSettingsCollection": [ { "name": "settings", "properties": { "port": 8080, "protocol": "Http" } } ],
                """);
        collection(json, "backendAddressPools", listeners * POOLS, this::pool);
        collection(json, "httpListeners", listeners, LargeGateway::listener);
        collection(json, "urlPathMaps", listeners, this::map);
        collection(json, "requestRoutingRules", listeners, LargeGateway::rule);
        json.setLength(json.lastIndexOf(","));
        return json.append("} }\n").toString();
    }

    private interface Entry {
        String text(int number);
    }

    private static void collection(StringBuilder json, String name, int size, Entry entry) {
        json.append('"').append(name).append("\": [\n");
        for (int i = 0; i < size; i++) {
            json.append(entry.text(i)).append(i < size - 1 ? ",\n" : "\n");
        }
        json.append("],\n");
    }

    private String pool(int number) {
        return """
                { "name": "%s", "properties": { "backendAddresses": [
                  { "ipAddress": "10.%d.%d.1" }, { "ipAddress": "10.%d.%d.2" }, { "fqdn": "b%d.internal" } ] } }""".formatted(
                pool(number / POOLS, number % POOLS), number / 250, number % 250, number / 250, number % 250, number);
    }

    private static String listener(int number) {
        return """
                { "name": "listener%d", "properties": { "protocol": "Http", "hostName": "%s",
                  "frontendIPConfiguration": { "id": "%s" }, "frontendPort": { "id": "%s" } } }""".formatted(
                        number, host(number), id("frontendIPConfigurations", "front"), id("frontendPorts", "port80"));
    }

    private String map(int number) {
        StringBuilder rules = new StringBuilder();
        for (int rule = 0; rule < pathRules; rule++) {
            rules.append(rule == 0 ? "" : ",\n").append("""
                        { "name": "area%d", "properties": { "paths": [ "/area%d/v1/*" ],
                          "backendAddressPool": { "id": "%s" },
                          "backendHttpSettings": { "id": "%s" } } }""".formatted(
                            rule,
                            rule,
                            id("backendAddressPools", pool(number, rule)),
                            id("backendHttpSettingsCollection", "settings")));
        }
        return """
                { "name": "map%d", "properties": {
                  "defaultBackendAddressPool": { "id": "%s" },
                  "defaultBackendHttpSettings": { "id": "%s" },
                  "pathRules": [
                %s ] } }""".formatted(
                        number,
                        id("backendAddressPools", pool(number, 0)),
                        id("backendHttpSettingsCollection", "settings"),
                        rules);
    }

    private static String rule(int number) {
        return """
                { "name": "rule%d", "properties": { "ruleType": "PathBasedRouting", "priority": %d,
                  "httpListener": { "id": "%s" }, "urlPathMap": { "id": "%s" } } }""".formatted(
                number, number + 1, id("httpListeners", "listener" + number), id("urlPathMaps", "map" + number));
    }

    private static String id(String collection, String name) {
        return "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/providers"
                + "/Microsoft.Network/applicationGateways/large/" + collection + "/" + name;
    }
}
