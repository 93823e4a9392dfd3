package dev.gatehouse.embedded;

import dev.gatehouse.admin.ReloadReport;
import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadRequest;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.exchange.Snapshot;
import dev.gatehouse.gateway.GatewayContextListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A gateway in this JVM whose files a test changes: listener {@code main} for host {@code main.test} and others beside it
 * on one port, each with a rule to pool {@code live}.
 */
final class ReloadRig implements AutoCloseable {
    final int port = Samples.freePort();
    final List<String> members = new ArrayList<>();
    final List<String> hosts = new ArrayList<>(List.of("main"));
    String settings = "";
    String probe = "\"interval\": 1, \"timeout\": 1, \"unhealthyThreshold\": 3";
    String local = "";
    int unused;
    private final Path file;
    private GatewayContextListener listener;
    private GatewayServer server;

    ReloadRig(Path directory, String... members) {
        this.file = directory.resolve("gateway.json");
        this.members.addAll(List.of(members));
    }

    ReloadRig start() throws Exception {
        write();
        LoadRequest request = LoadRequest.of(file, Optional.empty());
        LoadResult first = new ConfigurationReader().load(request);
        server = GatewayServer.start(
                SocketPlan.of(first.configuration()
                        .orElseThrow(() -> new AssertionError(first.problems().toString()))),
                new GatewayServer.Files(first, () -> new ConfigurationReader().load(request), java.time.Instant.now()),
                launch -> listener = new GatewayContextListener(launch));
        return this;
    }

    /** Writes the files as they should be now. */
    void write() throws IOException {
        Files.writeString(file, gateway());
        Files.writeString(
                file.resolveSibling("gatehouse.local.json"),
                "{ \"admin\": { \"listen\": \"off\" }, \"listen\": { \"ports\": { \"80\": " + port + " } }"
                        + (local.isEmpty() ? "" : ", " + local) + " }");
    }

    void writeRaw(String text) throws IOException {
        Files.writeString(file, text);
    }

    ReloadReport reload() throws IOException {
        write();
        return listener.reload();
    }

    ReloadReport reloadRaw(String text) throws IOException {
        writeRaw(text);
        return listener.reload();
    }

    Snapshot snapshot() {
        return listener.snapshot();
    }

    private String gateway() {
        return """
                { "name": "reloaded", "type": "Microsoft.Network/applicationGateways", "apiVersion": "2023-09-01",
                  "properties": {
                    "sku": { "name": "Standard_v2", "tier": "Standard_v2" },
                    "frontendIPConfigurations": [ { "name": "public", "properties": {
                      "publicIPAddress": { "id": "/x/publicIPAddresses/p" } } } ],
                    "frontendPorts": [ { "name": "p80", "properties": { "port": 80 } } ],
                    "backendAddressPools": [ { "name": "live", "properties": { "backendAddresses": [ $MEMBERS ] } }
                      $POOLS ],
                    "probes": [ { "name": "probe", "properties": { "protocol": "Http", "path": "/probe",
                      "host": "127.0.0.1", $PROBE } } ],
                    "backendHttpSettingsCollection": [ { "name": "set", "properties": { "port": 1, "protocol": "Http",
                      "requestTimeout": 20, $SETTINGS "probe": { "id": "/x/probes/probe" } } } ],
                    "httpListeners": [ $LISTENERS ],
                    "requestRoutingRules": [ $RULES ] } }
                """.replace(
                        "$MEMBERS",
                        members.stream()
                                .map(member -> "{ \"ipAddress\": \"" + member + "\" }")
                                .collect(Collectors.joining(", ")))
                .replace(
                        "$POOLS",
                        numbered(", { \"name\": \"unused%d\", \"properties\": { \"backendAddresses\": [] } }"))
                .replace("$PROBE", probe)
                .replace("$SETTINGS", settings)
                .replace(
                        "$LISTENERS",
                        each(
                                ", ",
                                "{ \"name\": \"%1$s\", \"properties\": { \"protocol\": \"Http\","
                                        + " \"hostNames\": [ \"%1$s.test\", \"%3$s\" ],"
                                        + " \"frontendIPConfiguration\": { \"id\": \"/x/frontendIPConfigurations/public\" },"
                                        + " \"frontendPort\": { \"id\": \"/x/frontendPorts/p80\" } } }"))
                .replace(
                        "$RULES",
                        each(
                                ", ",
                                "{ \"name\": \"rule-%1$s\", \"properties\": { \"priority\": %2$d,"
                                        + " \"ruleType\": \"Basic\","
                                        + " \"httpListener\": { \"id\": \"/x/httpListeners/%1$s\" },"
                                        + " \"backendAddressPool\": { \"id\": \"/x/backendAddressPools/live\" },"
                                        + " \"backendHttpSettings\": { \"id\": \"/x/backendHttpSettingsCollection/set\" } } }"));
    }

    private String numbered(String text) {
        return IntStream.range(0, unused).mapToObj(i -> text.formatted(i)).collect(Collectors.joining());
    }

    private String each(String separator, String text) {
        return IntStream.range(0, hosts.size())
                .mapToObj(i -> text.formatted(hosts.get(i), i + 1, i == 0 ? "localhost" : hosts.get(i) + ".example"))
                .collect(Collectors.joining(separator));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
