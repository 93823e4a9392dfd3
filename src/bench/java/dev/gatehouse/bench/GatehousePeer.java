package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Gatehouse's runnable jar with the smallest gateway: one listener, one basic rule, one pool, one settings. */
final class GatehousePeer implements Peer {
    private static final String GATEWAY = """
            {
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "contentVersion": "1.0.0.0",
              "resources": [
                {
                  "type": "Microsoft.Network/applicationGateways",
                  "apiVersion": "2023-11-01",
                  "name": "bench",
                  "location": "westeurope",
                  "properties": {
                    "sku": { "name": "Standard_v2", "tier": "Standard_v2", "capacity": 1 },
                    "gatewayIPConfigurations": [
                      { "name": "ip", "properties": { "subnet": {
                        "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'gateway')]" } } }
                    ],
                    "frontendIPConfigurations": [
                      { "name": "front", "properties": { "publicIPAddress": {
                        "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'public')]" } } }
                    ],
                    "frontendPorts": [ { "name": "port", "properties": { "port": %1$d } } ],
                    "backendAddressPools": [
                      { "name": "pool", "properties": { "backendAddresses": [ { "ipAddress": "127.0.0.1" } ] } }
                    ],
                    "backendHttpSettingsCollection": [
                      { "name": "settings", "properties": {
                        "port": %2$d, "protocol": "Http", "cookieBasedAffinity": "Disabled", "requestTimeout": 30 } }
                    ],%4$s
                    "httpListeners": [
                      { "name": "listener", "properties": {
                        "frontendIPConfiguration": { "id": "%5$s/frontendIPConfigurations', 'bench', 'front')]" },
                        "frontendPort": { "id": "%5$s/frontendPorts', 'bench', 'port')]" },%6$s
                        "protocol": "%3$s" } }
                    ],
                    "requestRoutingRules": [
                      { "name": "rule", "properties": {
                        "ruleType": "Basic",
                        "priority": 100,
                        "httpListener": { "id": "%5$s/httpListeners', 'bench', 'listener')]" },
                        "backendAddressPool": { "id": "%5$s/backendAddressPools', 'bench', 'pool')]" },
                        "backendHttpSettings": { "id": "%5$s/backendHttpSettingsCollection', 'bench', 'settings')]" } } }
                    ]
                  }
                }
              ]
            }
            """;

    // The other proxies write no access log.
    private static final String LOCAL = """
            {
              "listen": { "address": "127.0.0.1", "ports": { "%1$d": %2$d } },%3$s
              "webSocket": { "mode": "%4$s" },
              "accessLog": { "file": "%6$s" },
              "admin": { "listen": "127.0.0.1:%5$d" },
              "reload": { "watch": false }
            }
            """;

    private static final String RESOURCE_ID = "[resourceId('Microsoft.Network/applicationGateways";

    private final Path jar;
    private final String name;
    private final String mode;
    private final String accessLog;
    private final List<String> jvmOptions;

    private GatehousePeer(String name, Path jar, String mode, String accessLog, List<String> jvmOptions) {
        this.name = name;
        this.jar = jar;
        this.mode = mode;
        this.accessLog = accessLog;
        this.jvmOptions = jvmOptions;
    }

    /** With bridges and without access log. */
    static GatehousePeer plain(Path jar, List<String> jvmOptions) {
        return new GatehousePeer("gatehouse", jar, "bridge", "off", jvmOptions);
    }

    /** With an access log in a file. */
    static GatehousePeer logging(Path jar, List<String> jvmOptions) {
        return new GatehousePeer("gatehouse-log", jar, "bridge", "access.log", jvmOptions);
    }

    /** With relays, for WebSocket alone. */
    static GatehousePeer relaying(Path jar, List<String> jvmOptions) {
        return new GatehousePeer("gatehouse-relay", jar, "relay", "off", jvmOptions);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> absence() {
        return Files.exists(jar) ? Optional.empty() : Optional.of("no " + jar + " (mvn -q -DskipTests package)");
    }

    @Override
    public boolean takes(BenchCase benchCase) {
        return !isRelay() || benchCase.usesWebSocket();
    }

    @Override
    public List<String> prepare(PeerSite site) throws IOException {
        Path gateway = site.write("gateway.json", gateway(site));
        Path local = site.write("local.json", local(site));
        return Tools.javaJar(jvmOptions, jar, List.of("run", gateway.toString(), "--local", local.toString()));
    }

    private static String gateway(PeerSite site) {
        String certificates = "";
        String certificate = "";
        if (site.isTls()) {
            certificates = "\n\"sslCertificates\": [ { \"name\": \"cert\", \"properties\": {} } ],";
            certificate =
                    "\n\"sslCertificate\": { \"id\": \"" + RESOURCE_ID + "/sslCertificates', 'bench', 'cert')]\" },";
        }
        String protocol = site.isTls() ? "Https" : "Http";
        return GATEWAY.formatted(
                frontendPort(site), site.backendPort(), protocol, certificates, RESOURCE_ID, certificate);
    }

    private String local(PeerSite site) throws IOException {
        String certificates = site.isTls()
                ? "\n\"certificates\": { \"cert\": { \"pem\": \"%s\", \"key\": \"%s\" } },"
                        .formatted(site.keys().pem(), site.keys().key())
                : "";
        return LOCAL.formatted(frontendPort(site), site.port(), certificates, mode, Tools.freePort(), accessLog);
    }

    private static int frontendPort(PeerSite site) {
        return site.isTls() ? 443 : 80;
    }

    private boolean isRelay() {
        return mode.equals("relay");
    }
}
