package dev.gatehouse.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.testkit.RecordingBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes gateways, valid but otherwise of any kind, and requests that have a chance to meet their rules. */
final class GeneratedGateway {
    static final int POOLS = 4;

    private static final List<String> HOSTS = List.of(
            "a.example", "b.example", "www.a.example", "*.a.example", "*.example", "w??.b.example", "shop-*.example");
    private static final List<String> ASKED_HOSTS = List.of(
            "a.example",
            "b.example",
            "A.Example",
            "www.a.example",
            "x.a.example",
            "y.example",
            "www.b.example",
            "shop-1.example",
            "a.example.",
            "a.example:8080",
            "other.test",
            "127.0.0.1");
    private static final List<String> PATTERNS = List.of(
            "/", "/*", "/a", "/a/*", "/a/b/*", "/images*", "/IMAGES/x", "/api/v1/*", "/api/*", "/b*", "/a%20b/*");
    private static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/a/",
            "/A/b/c",
            "/a/./b/../b/x",
            "/images",
            "/Images2/y",
            "/images/x",
            "/api/v1/users",
            "/api/v2//users;v=1",
            "/b",
            "/bb/cc",
            "/a%20b/c",
            "/%61/b/x",
            "/a%2Fb/x",
            "/..",
            "/a/../../x",
            "/a|b");
    private static final List<String> QUERIES = List.of("", "", "?", "?x=1", "?x=1&y=a%20b", "?q=/a/../b");
    private static final List<String> OVERRIDES = List.of("/", "/o/", "/o", "/deep/er/");
    private static final List<String> PATTERNS_OF_CONDITIONS =
            List.of("^/a(.*)", "b+()", "(.+)=.+", "(.*)", "^()$", "(GE?T)");
    private static final List<String> VARIABLES =
            List.of("http_req_X-A", "var_uri_path", "var_query_string", "var_host", "var_cookie_a", "var_http_method");

    private final Random random;
    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final ObjectNode properties = json.objectNode();
    private final boolean isV1;

    /** A request to send. */
    record Asked(String method, String url, List<String> fields) {}

    private GeneratedGateway(Random random) {
        this.random = random;
        this.isV1 = chance(10);
    }

    static String json(Random random) throws com.fasterxml.jackson.core.JsonProcessingException {
        return new ObjectMapper().writeValueAsString(new GeneratedGateway(random).gateway());
    }

    static String local(int port, List<RecordingBackend> backends) {
        StringBuilder pools = new StringBuilder();
        for (int i = 0; i < backends.size(); i++) {
            pools.append(i == 0 ? "" : ", ")
                    .append("\"10.0.0." + i + "\": \"127.0.0.1:"
                            + backends.get(i).port() + "\"");
        }
        return "{ \"listen\": { \"ports\": { \"80\": " + port + " } }, \"addresses\": { " + pools + " } }";
    }

    static Asked request(Random random) {
        GeneratedGateway dice = new GeneratedGateway(random);
        List<String> fields = new ArrayList<>();
        fields.add("Host: " + dice.one(ASKED_HOSTS));
        dice.maybe(30, () -> fields.add("X-A: " + dice.one(List.of("1", "b", "k=v", "A b"))));
        dice.maybe(20, () -> fields.add("Cookie: a=" + dice.one(List.of("b", "x=y", "")) + "; c=d"));
        dice.maybe(10, () -> fields.add("X-Forwarded-For: 192.0.2.7"));
        dice.maybe(10, () -> fields.add("X-A: 2"));
        dice.maybe(5, () -> fields.add("X_Low: 1"));
        String method = dice.one(List.of("GET", "GET", "GET", "HEAD", "POST", "DELETE", "OPTIONS"));
        boolean isHandshake = dice.chance(10);
        if (isHandshake) {
            fields.add("Upgrade: websocket");
            fields.add("Connection: Upgrade");
            fields.add("Sec-WebSocket-Version: 13");
            fields.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        } else if (method.equals("POST")) {
            fields.add("Content-Length: 3");
        }
        String url = "http://gateway.test" + dice.one(PATHS) + dice.one(QUERIES);
        return new Asked(isHandshake ? "GET" : method, url, fields);
    }

    private ObjectNode gateway() {
        String tier = isV1 ? "Standard" : "Standard_v2";
        properties.set(
                "sku",
                json.objectNode().put("name", isV1 ? "Standard_Small" : tier).put("tier", tier));
        add("frontendIPConfigurations", "fe")
                .set("publicIPAddress", json.objectNode().put("id", "/x/publicIPAddresses/ip"));
        add("frontendPorts", "p80").put("port", 80);
        pools();
        settings();
        listeners();
        return json.objectNode()
                .put("type", "Microsoft.Network/applicationGateways")
                .put("name", "generated")
                .set("properties", properties);
    }

    private void pools() {
        for (int i = 0; i < POOLS; i++) {
            ArrayNode members = add("backendAddressPools", "pool" + i).putArray("backendAddresses");
            members.addObject().put("ipAddress", "10.0.0." + i);
        }
        add("backendAddressPools", "empty").putArray("backendAddresses");
    }

    private void settings() {
        for (int i = 0; i < 3; i++) {
            ObjectNode settings = add("backendHttpSettingsCollection", "s" + i)
                    .put("port", 80)
                    .put("protocol", "Http");
            maybe(40, () -> settings.put("path", one(OVERRIDES)));
            maybe(20, () -> settings.put("cookieBasedAffinity", "Enabled"));
            if (chance(30)) {
                settings.put("hostName", "fixed.example");
            } else if (chance(30)) {
                settings.put("pickHostNameFromBackendAddress", true);
            }
        }
    }

    private void listeners() {
        List<String> free = new ArrayList<>(HOSTS);
        Collections.shuffle(free, random);
        boolean hasPriorities = chance(70);
        List<Integer> priorities = new ArrayList<>(List.of(10, 20, 30, 40, 50));
        Collections.shuffle(priorities, random);
        int count = 1 + random.nextInt(4);
        int basic = chance(50) ? random.nextInt(count) : -1;
        for (int i = 0; i < count; i++) {
            ObjectNode listener = add("httpListeners", "l" + i)
                    .put("protocol", "Http")
                    .<ObjectNode>set("frontendIPConfiguration", ref("frontendIPConfigurations", "fe"))
                    .set("frontendPort", ref("frontendPorts", "p80"));
            if (i != basic) {
                ArrayNode names = listener.putArray("hostNames");
                names.add(free.remove(0));
                maybe(30, () -> names.add(free.remove(0)));
            }
            rule("r" + i, "l" + i, hasPriorities ? priorities.get(i) : 0);
        }
    }

    private void rule(String name, String listener, int priority) {
        ObjectNode rule = add("requestRoutingRules", name);
        rule.set("httpListener", ref("httpListeners", listener));
        if (priority > 0) {
            rule.put("priority", priority);
        }
        if (!isV1 && chance(20)) {
            rule.put("ruleType", "AdvancedRouting").set("advancedRoutingMap", ref("advancedRoutingMaps", "a" + name));
            advanced("a" + name);
        } else if (chance(60)) {
            rule.put("ruleType", "PathBasedRouting").set("urlPathMap", ref("urlPathMaps", "m" + name));
            map("m" + name);
        } else {
            rule.put("ruleType", "Basic");
            target(rule, "backendAddressPool", "backendHttpSettings", "redirectConfiguration", name);
            rewrites(rule, "rewriteRuleSet", "set" + name, false);
        }
    }

    private void map(String name) {
        ObjectNode map = add("urlPathMaps", name);
        target(map, "defaultBackendAddressPool", "defaultBackendHttpSettings", "defaultRedirectConfiguration", name);
        rewrites(map, "defaultRewriteRuleSet", "set" + name, true);
        ArrayNode rules = map.putArray("pathRules");
        List<String> free = new ArrayList<>(PATTERNS);
        Collections.shuffle(free, random);
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            ObjectNode rule = rules.addObject().put("name", "p" + i).putObject("properties");
            ArrayNode paths = rule.putArray("paths").add(free.remove(0));
            maybe(40, () -> paths.add(free.remove(0)));
            String own = name + "p" + i;
            target(rule, "backendAddressPool", "backendHttpSettings", "redirectConfiguration", own);
            rewrites(rule, "rewriteRuleSet", "set" + own, true);
        }
    }

    private void advanced(String name) {
        ObjectNode map = add("advancedRoutingMaps", name);
        target(map, "defaultBackendAddressPool", "defaultBackendHttpSettings", "defaultRedirectConfiguration", name);
        rewrites(map, "defaultRewriteRuleSet", "set" + name, false);
        ArrayNode rules = map.putArray("advancedRoutingRules");
        List<Integer> priorities = new ArrayList<>(List.of(1, 2, 3, 4));
        Collections.shuffle(priorities, random);
        for (int i = 0; i < 4; i++) {
            String own = name + "r" + i;
            ObjectNode rule = rules.addObject().put("name", "r" + i).putObject("properties");
            rule.put("priority", priorities.get(i));
            rule.set("advancedRoutingConditionSet", ref("advancedRoutingConditionSets", own));
            target(rule, "backendAddressPool", "backendHttpSettings", "redirectConfiguration", own);
            rewrites(rule, "rewriteRuleSet", "set" + own, false);
            ArrayNode conditions = add("advancedRoutingConditionSets", own).putArray("routingConditions");
            condition(conditions);
            maybe(30, () -> condition(conditions));
        }
    }

    private void condition(ArrayNode conditions) {
        ObjectNode condition = conditions.addObject();
        String type = one(List.of("Header", "QueryString", "Path", "ClientIP", "Method"));
        condition.put("conditionType", type);
        switch (type) {
            case "Header" -> condition.put("propertyName", one(List.of("X-A", "Cookie", "host")));
            case "QueryString" -> condition.put("propertyName", one(List.of("x", "y", "q")));
            case "ClientIP" ->
                condition.putArray("propertyValues").add(one(List.of("127.0.0.0/8", "10.0.0.0/8", "127.0.0.1")));
            case "Method" -> condition.putArray("propertyValues").add("GET").add(one(List.of("POST", "HEAD")));
            default -> {}
        }
        if (condition.has("propertyValues")) {
            return;
        }
        if (chance(50)) {
            condition
                    .putArray("propertyValues")
                    .add(one(List.of("1", "a b", "/a", "/api/*")))
                    .add("b");
        } else {
            condition
                    .putObject("propertyValueMatcher")
                    .put("pattern", one(List.of("a", "^1$", "[bx]")))
                    .put("ignoreCase", chance(50))
                    .put("negate", chance(30));
        }
    }

    private void target(ObjectNode owner, String pool, String settings, String redirect, String name) {
        if (chance(15)) {
            owner.set(redirect, ref("redirectConfigurations", "to" + name));
            ObjectNode to = add("redirectConfigurations", "to" + name)
                    .put("redirectType", one(List.of("Permanent", "Found", "SeeOther", "Temporary")))
                    .put(
                            "targetUrl",
                            one(List.of("https://x.test", "http://x.test/base/", "https://x.test/p?k=v#top")));
            maybe(70, () -> to.put("includePath", chance(50)));
            maybe(70, () -> to.put("includeQueryString", chance(50)));
            return;
        }
        owner.set(pool, ref("backendAddressPools", chance(5) ? "empty" : "pool" + random.nextInt(POOLS)));
        owner.set(settings, ref("backendHttpSettingsCollection", "s" + random.nextInt(3)));
    }

    private void rewrites(ObjectNode owner, String key, String name, boolean mayReroute) {
        if (isV1 || chance(50)) {
            return;
        }
        owner.set(key, ref("rewriteRuleSets", name));
        ArrayNode rules = add("rewriteRuleSets", name).putArray("rewriteRules");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            rewrite(rules.addObject().put("name", "w" + i).put("ruleSequence", 100 + random.nextInt(3)), mayReroute);
        }
    }

    private void rewrite(ObjectNode rule, boolean mayReroute) {
        ArrayNode conditions = rule.putArray("conditions");
        String variable = one(VARIABLES);
        boolean isConditional = chance(70);
        boolean isNegated = chance(20);
        if (isConditional) {
            conditions
                    .addObject()
                    .put("variable", variable)
                    .put("pattern", one(PATTERNS_OF_CONDITIONS))
                    .put("ignoreCase", chance(50))
                    .put("negate", isNegated);
        }
        ObjectNode actions = rule.putObject("actionSet");
        ArrayNode headers = actions.putArray("requestHeaderConfigurations");
        maybe(
                60,
                () -> header(
                        headers,
                        one(List.of("X-A", "X-New", "X-Forwarded-For", "Host", "x-original-url")),
                        value(isConditional && !isNegated, variable)));
        maybe(20, () -> header(headers, "X-B", ""));
        maybe(
                30,
                () -> header(
                        actions.putArray("responseHeaderConfigurations"),
                        "X-Answer",
                        value(isConditional && !isNegated, variable)));
        if (chance(40)) {
            ObjectNode url = actions.putObject("urlConfiguration");
            url.put("modifiedPath", one(List.of("/a/new", "rel{var_uri_path}", "/api/v1{var_request_uri}", "/b c")));
            maybe(
                    50,
                    () -> url.put(
                            "modifiedQueryString", one(List.of("", "k=v", "h={http_req_X-A}&{var_query_string}"))));
            url.put("reroute", mayReroute && isConditional && chance(50));
        }
    }

    private String value(boolean mayCapture, String variable) {
        List<String> values = new ArrayList<>(List.of(
                "fixed",
                "v-{var_uri_path}",
                "{http_req_x-a}|{var_request_query}",
                "{var_add_x_forwarded_for_proxy}",
                "p{var_server_port}"));
        if (mayCapture) {
            values.add("c-{" + variable + "_1}");
        }
        return one(values);
    }

    private static void header(ArrayNode headers, String name, String value) {
        headers.addObject().put("headerName", name).put("headerValue", value);
    }

    private ObjectNode add(String collection, String name) {
        return properties.withArray(collection).addObject().put("name", name).putObject("properties");
    }

    private ObjectNode ref(String collection, String name) {
        return json.objectNode().put("id", "/applicationGateways/generated/" + collection + "/" + name);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void maybe(int percent, Runnable action) {
        if (chance(percent)) {
            action.run();
        }
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
