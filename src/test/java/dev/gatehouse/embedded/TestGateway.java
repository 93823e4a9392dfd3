package dev.gatehouse.embedded;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A gateway in this JVM with one listener for http and one for https, one rule each, and one backend. */
final class TestGateway implements AutoCloseable {
    private static final String GATEWAY = """
            { "name": "bodies", "type": "Microsoft.Network/applicationGateways", "apiVersion": "2023-09-01",
              "properties": {
                "sku": { "name": "Standard_v2", "tier": "Standard_v2" },
                "enableHttp2": true,
                "globalConfiguration": { $SWITCHES },
                "frontendIPConfigurations": [ { "name": "public", "properties": {
                  "publicIPAddress": { "id": "/x/publicIPAddresses/p" } } } ],
                "frontendPorts": [
                  { "name": "p80", "properties": { "port": 80 } },
                  { "name": "p443", "properties": { "port": 443 } } ],
                "sslCertificates": [ { "name": "site", "properties": {} } ],
                "backendAddressPools": [ { "name": "pool", "properties": {
                  "backendAddresses": [ { "ipAddress": "10.0.0.1" } ] } } ],
                "probes": [ { "name": "probe", "properties": { "protocol": "$PROTOCOL", "path": "/probe",
                  "host": "127.0.0.1", "interval": 1, "timeout": 1, "unhealthyThreshold": 20 } } ],
                "backendHttpSettingsCollection": [ { "name": "set", "properties": { "port": 80, "protocol": "$PROTOCOL",
                  "validateCertChainAndExpiry": false, "validateSNI": false,
                  "requestTimeout": $TIMEOUT, "probe": { "id": "/x/probes/probe" } } } ],
                "httpListeners": [
                  { "name": "plain", "properties": { "protocol": "Http",
                    "frontendIPConfiguration": { "id": "/x/frontendIPConfigurations/public" },
                    "frontendPort": { "id": "/x/frontendPorts/p80" } } },
                  { "name": "secure", "properties": { "protocol": "Https",
                    "frontendIPConfiguration": { "id": "/x/frontendIPConfigurations/public" },
                    "sslCertificate": { "id": "/x/sslCertificates/site" },
                    "frontendPort": { "id": "/x/frontendPorts/p443" } } } ],
                "requestRoutingRules": [
                  { "name": "r1", "properties": { "priority": 1, "ruleType": "Basic",
                    "httpListener": { "id": "/x/httpListeners/plain" },
                    "backendAddressPool": { "id": "/x/backendAddressPools/pool" },
                    "backendHttpSettings": { "id": "/x/backendHttpSettingsCollection/set" } } },
                  { "name": "r2", "properties": { "priority": 2, "ruleType": "Basic",
                    "httpListener": { "id": "/x/httpListeners/secure" },
                    "backendAddressPool": { "id": "/x/backendAddressPools/pool" },
                    "backendHttpSettings": { "id": "/x/backendHttpSettingsCollection/set" } } } ] } }
            """;
    private static final String LOCAL = """
            { "listen": { "address": "127.0.0.1", "ports": { "80": $HTTP, "443": $TLS } },
              "addresses": { "10.0.0.1": "127.0.0.1:$BACKEND" },
              "certificates": { "*": { "selfSigned": true } }$MORE }
            """;

    final RecordingBackend backend;
    final int port = Samples.freePort();
    final int tlsPort = Samples.freePort();
    private final GatewayServer server;

    /** Starts it; the switches are those of globalConfiguration, the rest members of the local file. */
    TestGateway(Path directory, String switches, int timeoutSeconds, String moreLocal) throws Exception {
        this(directory, switches, timeoutSeconds, moreLocal, new RecordingBackend(), "Http");
    }

    /** The same for a backend that is there already and speaks Http or Https. */
    TestGateway(
            Path directory,
            String switches,
            int timeoutSeconds,
            String moreLocal,
            RecordingBackend backend,
            String protocol)
            throws Exception {
        this.backend = backend;
        Path file = directory.resolve("gateway.json");
        Files.writeString(
                file,
                GATEWAY.replace("$SWITCHES", switches)
                        .replace("$TIMEOUT", Integer.toString(timeoutSeconds))
                        .replace("$PROTOCOL", protocol));
        Files.writeString(
                directory.resolve("gatehouse.local.json"),
                LOCAL.replace("$HTTP", Integer.toString(port))
                        .replace("$TLS", Integer.toString(tlsPort))
                        .replace("$BACKEND", Integer.toString(backend.port()))
                        .replace("$MORE", moreLocal.isEmpty() ? "" : ", " + moreLocal));
        LoadResult loaded = new ConfigurationReader().load(file, Optional.empty());
        server = GatewayServer.start(
                Samples.plan(loaded.configuration()
                        .orElseThrow(() -> new AssertionError(loaded.problems().toString()))),
                GatewayContextListener::new);
    }

    Wire connect() throws IOException {
        return Wire.connect(port);
    }

    @Override
    public void close() throws IOException {
        server.close();
        backend.close();
    }
}
