package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.testkit.Corpus;

/** A gateway with one of everything, as text to edit. */
final class Shop {
    static final String TEXT = """
            { "name": "shop", "sku": { "tier": "Standard_v2" }, "enableHttp2": true,
              "frontendIPConfigurations": [ { "name": "front", "privateIPAddress": "10.0.0.9" } ],
              "frontendPorts": [ { "name": "p80", "port": 80 }, { "name": "p443", "port": 443 } ],
              "sslCertificates": [ { "name": "site", "data": "AAAA", "password": "hush" },
                { "name": "vault", "keyVaultSecretId": "https://kv/secrets/vault" },
                { "name": "unused", "keyVaultSecretId": "https://kv/secrets/unused" } ],
              "trustedRootCertificates": [ { "name": "root", "data": "cm9vdA==" } ],
              "httpListeners": [
                { "name": "plain", "frontendIPConfiguration": "front", "frontendPort": "p80", "protocol": "Http" },
                { "name": "secure", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostNames": [ "www.shop.example", "shop.example" ], "sslCertificate": "site" },
                { "name": "regions", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostNames": [ "*.shop.example" ], "sslCertificate": "vault" },
                { "name": "admins", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostNames": [ "admin.*.example" ], "sslCertificate": "vault" },
                { "name": "legacy", "frontendIPConfiguration": "front", "frontendPort": "p443", "protocol": "Https",
                  "hostName": "old.example", "sslCertificate": "vault" } ],
              "backendAddressPools": [
                { "name": "web", "backendAddresses": [ { "ipAddress": "10.0.0.4" }, { "fqdn": "web.internal" } ] },
                { "name": "api", "backendAddresses": [ { "ipAddress": "10.0.0.5" } ] },
                { "name": "empty" } ],
              "probes": [ { "name": "alive", "protocol": "Https", "host": "a.example", "path": "/up", "interval": 30,
                "match": { "statusCodes": [ "200-202", "204" ] } } ],
              "backendHttpSettingsCollection": [
                { "name": "plain", "port": 8080, "protocol": "Http", "requestTimeout": 20 },
                { "name": "tls", "port": 8443, "protocol": "Https", "probe": "alive", "path": "/v2/",
                  "hostName": "api.internal", "cookieBasedAffinity": "Enabled",
                  "connectionDraining": { "enabled": true, "drainTimeoutInSec": 60 },
                  "trustedRootCertificates": [ "root" ] },
                { "name": "unused", "port": 81, "protocol": "Http" } ],
              "redirectConfigurations": [ { "name": "up", "redirectType": "Permanent", "targetListener": "plain",
                  "includePath": true, "includeQueryString": true },
                { "name": "away", "redirectType": "Found", "targetUrl": "https://other.example/",
                  "includePath": false, "includeQueryString": false } ],
              "urlPathMaps": [ { "name": "map", "defaultBackendAddressPool": "web",
                "defaultBackendHttpSettings": "plain", "pathRules": [
                  { "name": "api", "paths": [ "/api/*", "/rest/*" ], "backendAddressPool": "api",
                    "backendHttpSettings": "tls" },
                  { "name": "apiStatic", "paths": [ "/api/static/*" ], "backendAddressPool": "web",
                    "backendHttpSettings": "plain" } ] } ],
              "requestRoutingRules": [
                { "name": "r1", "priority": 10, "httpListener": "plain", "redirectConfiguration": "away" },
                { "name": "r2", "priority": 20, "httpListener": "secure", "ruleType": "PathBasedRouting",
                  "urlPathMap": "map" },
                { "name": "r3", "priority": 30, "httpListener": "regions", "backendAddressPool": "web",
                  "backendHttpSettings": "plain" },
                { "name": "r4", "priority": 40, "httpListener": "admins", "backendAddressPool": "api",
                  "backendHttpSettings": "plain" },
                { "name": "r5", "priority": 60, "httpListener": "legacy", "redirectConfiguration": "up" } ] }
            """;

    private Shop() {}

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
        LoadResult result = Corpus.loadText(text);
        assertThat(result.hasErrors()).as(result.problems().toString()).isFalse();
        return result.configuration().orElseThrow();
    }
}
