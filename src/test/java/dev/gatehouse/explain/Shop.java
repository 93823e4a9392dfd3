package dev.gatehouse.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.GatewayConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** A gateway with one of everything, as text to edit. */
final class Shop {
    private static final Path KEYS = Path.of("src/test/resources/explain/keys");

    static final String TEXT = """
            { "name": "shop", "sku": { "tier": "Standard_v2" }, "enableHttp2": true,
              "frontendIPConfigurations": [ { "name": "front", "privateIPAddress": "10.0.0.9" } ],
              "frontendPorts": [ { "name": "p80", "port": 80 }, { "name": "p443", "port": 443 },
                { "name": "p5671", "port": 5671 } ],
              "sslCertificates": [ { "name": "site", "data": "SITE-KEY", "password": "secret1" },
                { "name": "vault", "keyVaultSecretId": "https://kv/secrets/vault" },
                { "name": "unused", "keyVaultSecretId": "https://kv/secrets/unused",
                  "publicCertData": "PUBLIC-HALF", "hsm": { "keyId": "https://hsm/keys/unused" } } ],
              "trustedRootCertificates": [ { "name": "root", "data": "ROOT-1" },
                { "name": "vaulted", "keyVaultSecretId": "https://kv/secrets/root" } ],
              "trustedClientCertificates": [ { "name": "people", "data": "ROOT-2" }, { "name": "robots", "data": "ROOT-1" } ],
              "authenticationCertificates": [ { "name": "pinned", "data": "ROOT-2" } ],
              "sslPolicy": { "policyType": "Predefined", "policyName": "AppGwSslPolicy20170401",
                "disabledSslProtocols": [ "TLSv1_0", "TLSv1_1" ] },
              "sslProfiles": [ { "name": "members", "trustedClientCertificates": [ { "id": "people" }, { "id": "robots" } ],
                "sslPolicy": { "policyType": "CustomV2", "minProtocolVersion": "TLSv1_2",
                  "cipherSuites": [ "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" ] },
                "clientAuthConfiguration": { "verifyClientAuthMode": "Strict", "verifyClientCertIssuerDN": true,
                  "verifyClientRevocation": "OCSP" } } ],
              "globalConfiguration": { "enableRequestBuffering": true, "enableResponseBuffering": false },
              "customErrorConfigurations": [
                { "statusCode": "HttpStatus502", "customErrorPageUrl": "https://pages.example/502.html" },
                { "statusCode": "HttpStatus403", "customErrorPageUrl": "missing.html" } ],
              "httpListeners": [
                { "name": "plain", "frontendIPConfiguration": "front", "frontendPort": "p80", "protocol": "Http" },
                { "name": "secure", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostNames": [ "www.shop.example", "shop.example" ], "sslCertificate": "site", "sslProfile": "members",
                  "customErrorConfigurations": [
                    { "statusCode": "HttpStatus403", "customErrorPageUrl": "https://pages.example/403.html" },
                    { "statusCode": "HttpStatus503", "customErrorPageUrl": "src/test/resources/explain/busy.html" } ] },
                { "name": "regions", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostNames": [ "*.shop.example" ], "sslCertificate": "vault" },
                { "name": "admins", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostNames": [ "admin.*.example" ], "sslCertificate": "vault" },
                { "name": "legacy", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostName": "old.example", "sslCertificate": "vault" } ],
              "backendAddressPools": [
                { "name": "web", "backendAddresses": [ { "ipAddress": "10.0.0.4" }, { "fqdn": "web.internal" } ] },
                { "name": "api", "backendAddresses": [ { "ipAddress": "10.0.0.5" },
                  { "fqdn": "spare.internal:8081" } ] },
                { "name": "empty" } ],
              "probes": [ { "name": "alive", "protocol": "Https", "host": "a.example", "path": "/up", "port": 8444, "interval": 30,
                "match": { "statusCodes": [ "200-202", "204" ] } },
                { "name": "knock", "protocol": "Tcp", "port": 5673, "interval": 15, "host": "queue.internal" } ],
              "backendHttpSettingsCollection": [
                { "name": "plain", "port": 8080, "protocol": "Http", "requestTimeout": 20 },
                { "name": "tls", "port": 8443, "protocol": "Https", "probe": "alive", "path": "/v2/",
                  "hostName": "api.internal", "cookieBasedAffinity": "Enabled",
                  "connectionDraining": { "enabled": true, "drainTimeoutInSec": 60 },
                  "trustedRootCertificates": [ "root", "vaulted" ], "sniName": "api.internal",
                  "authenticationCertificates": [ "pinned" ] },
                { "name": "unused", "port": 81, "protocol": "Http" } ],
              "redirectConfigurations": [ { "name": "up", "redirectType": "Permanent", "targetListener": "plain",
                  "includePath": true, "includeQueryString": true },
                { "name": "away", "redirectType": "Found", "targetUrl": "https://other.example/",
                  "includePath": false, "includeQueryString": false } ],
              "rewriteRuleSets": [
                { "name": "polish", "rewriteRules": [
                  { "name": "hide", "ruleSequence": 10, "actionSet": {
                    "responseHeaderConfigurations": [ { "headerName": "Server", "headerValue": "" },
                      { "headerName": "Set-Cookie", "headerValue": "{capt_header_value_matcher}; Secure",
                        "headerValueMatcher": { "pattern": "^id=", "ignoreCase": true } } ] } },
                  { "name": "move", "ruleSequence": 20,
                    "conditions": [ { "variable": "var_uri_path", "pattern": "^/old/(.+)", "ignoreCase": true },
                      { "variable": "http_req_Accept", "pattern": "json", "negate": true } ],
                    "actionSet": { "requestHeaderConfigurations": [
                        { "headerName": "X-Client", "headerValue": "{var_client_ip}" },
                        { "headerName": "X-Old", "headerValue": "{var_uri_path_1}" } ],
                      "urlConfiguration": { "modifiedPath": "/new/{var_uri_path_1}", "modifiedQueryString": "a=b",
                        "reroute": false } } } ] },
                { "name": "mark", "rewriteRules": [ { "name": "mark", "actionSet": {
                  "responseHeaderConfigurations": [ { "headerName": "X-Mark", "headerValue": "1" } ] } } ] } ],
              "loadDistributionPolicies": [ { "name": "split", "loadDistributionAlgorithm": "RoundRobin",
                "loadDistributionTargets": [ { "backendAddressPool": "web", "weightPerServer": 3 },
                  { "backendAddressPool": "api", "weightPerServer": 1 } ] } ],
              "entraJWTValidationConfigs": [ { "name": "staff", "unAuthorizedRequestAction": "Deny",
                "tenantId": "common", "clientId": "00000000-0000-0000-0000-000000000001",
                "audiences": [ "api://shop", "api://staff" ] } ],
              "advancedRoutingConditionSets": [ { "name": "beta", "routingConditions": [
                { "conditionType": "Header", "propertyName": "X-Ring", "propertyValues": [ "beta", "canary" ] },
                { "conditionType": "Path", "propertyValueMatcher": { "pattern": "^/b/", "ignoreCase": true } } ] } ],
              "advancedRoutingMaps": [ { "name": "rings", "defaultBackendAddressPool": "web",
                "defaultBackendHttpSettings": "plain", "defaultRewriteRuleSet": "mark", "advancedRoutingRules": [
                  { "name": "first", "priority": 5, "advancedRoutingConditionSet": "beta", "backendAddressPool": "api",
                    "backendHttpSettings": "plain", "rewriteRuleSet": "polish" },
                  { "name": "second", "priority": 9, "advancedRoutingConditionSet": "beta", "backendAddressPool": "web",
                    "backendHttpSettings": "plain" } ] } ],
              "listeners": [ { "name": "queue", "frontendIPConfiguration": "front", "frontendPort": "p5671",
                "protocol": "Tls", "sslCertificate": "site", "sslProfile": "members",
                "hostNames": [ "queue.example", "q.example" ] } ],
              "backendSettingsCollection": [ { "name": "queue", "port": 5672, "protocol": "Tcp", "timeout": 60,
                "probe": "knock", "trustedRootCertificates": [ "root" ] } ],
              "routingRules": [ { "name": "queue", "priority": 70, "listener": "queue", "backendAddressPool": "api",
                "backendSettings": "queue" } ],
              "urlPathMaps": [ { "name": "map", "defaultBackendAddressPool": "web",
                "defaultBackendHttpSettings": "plain", "defaultRewriteRuleSet": "mark", "pathRules": [
                  { "name": "api", "paths": [ "/api/*", "/rest/*" ], "backendAddressPool": "api",
                    "backendHttpSettings": "tls" },
                  { "name": "apiStatic", "paths": [ "/api/static/*" ], "backendAddressPool": "web",
                    "backendHttpSettings": "plain" },
                  { "name": "split", "paths": [ "/split/*" ], "backendAddressPool": "web", "backendHttpSettings": "plain",
                    "loadDistributionPolicy": "split", "rewriteRuleSet": "polish" } ] } ],
              "requestRoutingRules": [
                { "name": "r1", "priority": 10, "httpListener": "plain", "redirectConfiguration": "away" },
                { "name": "r2", "priority": 20, "httpListener": "secure", "ruleType": "PathBasedRouting",
                  "urlPathMap": "map" },
                { "name": "r3", "priority": 30, "httpListener": "regions", "backendAddressPool": "web",
                  "backendHttpSettings": "plain", "rewriteRuleSet": "mark", "entraJWTValidationConfig": "staff" },
                { "name": "r4", "priority": 40, "httpListener": "admins", "backendAddressPool": "api",
                  "backendHttpSettings": "plain" },
                { "name": "r5", "priority": 60, "httpListener": "legacy", "redirectConfiguration": "up" } ] }
            """.replace("SITE-KEY", key("site.pfx"))
            .replace("PUBLIC-HALF", key("site.p7b"))
            .replace("ROOT-1", key("root-1.cer"))
            .replace("ROOT-2", key("root-2.cer"));

    private static final Source LOCAL = new Source(
            "gatehouse.local.json",
            "{ \"probes\": { \"alive\": { \"kind\": \"webSocket\", \"path\": \"/ws\", \"subprotocol\": \"chat\" } } }"
                    .getBytes(UTF_8));

    private Shop() {}

    /** A file of the folder with keys as files have it. */
    static String key(String file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(KEYS.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shop with what only the local file can say of it. */
    static GatewayConfiguration withLocalFile() {
        return load(TEXT, Optional.of(LOCAL));
    }

    static GatewayConfiguration configuration() {
        return load(TEXT);
    }

    /** The shop after replacements; every text to replace must be there. */
    static GatewayConfiguration edited(String... fromTo) {
        return load(text(fromTo));
    }

    static String text(String... fromTo) {
        String text = TEXT.replaceAll("\\s+", " ");
        for (int i = 0; i < fromTo.length; i += 2) {
            assertThat(text).contains(fromTo[i]);
            text = text.replace(fromTo[i], fromTo[i + 1]);
        }
        return text;
    }

    static GatewayConfiguration load(String text) {
        return load(text, Optional.empty());
    }

    private static GatewayConfiguration load(String text, Optional<Source> local) {
        LoadResult result =
                new ConfigurationReader().load(new Source("shop.json", text.getBytes(UTF_8)), local, Path.of(""));
        assertThat(result.hasErrors()).as(result.problems().toString()).isFalse();
        return result.configuration().orElseThrow();
    }
}
