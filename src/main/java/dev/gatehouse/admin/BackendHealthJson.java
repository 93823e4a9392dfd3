package dev.gatehouse.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.TrustedRootCertificate;
import dev.gatehouse.observe.AddressHealth;
import dev.gatehouse.observe.BackendHealth;
import dev.gatehouse.observe.MemberHealth;
import dev.gatehouse.upstream.ProbeRecord;
import dev.gatehouse.upstream.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Backend health as {@code az network application-gateway show-backend-health} prints it (health-probes.md section 5),
 * with what Azure does not tell under {@code gatehouse} of each server (PRB-20). Immutable.
 */
final class BackendHealthJson {
    private static final String POOLS = "backendAddressPools";
    private static final String SETTINGS = "backendHttpSettingsCollection";
    private static final double NANOS_OF_A_MICRO = 1_000.0;
    private static final double MICROS_OF_A_MILLI = 1_000.0;

    private final String gatewayId;
    private final boolean isExpanded;

    /**
     * Creates one.
     *
     * @param gatewayId id of the gateway, of which those of its parts are made
     * @param isExpanded whether pool and settings are told, not only named
     */
    BackendHealthJson(String gatewayId, boolean isExpanded) {
        this.gatewayId = gatewayId;
        this.isExpanded = isExpanded;
    }

    /** The report of all pairs. */
    void writeReport(JsonGenerator json, BackendHealth health) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart(POOLS);
        for (BackendHealth.PoolHealth pool : health.pools()) {
            json.writeStartObject();
            writePool(json, pool.pool());
            json.writeArrayFieldStart(SETTINGS);
            for (BackendHealth.SettingsHealth settings : pool.settings()) {
                writeServers(json, settings.settings(), settings.servers());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What probes on demand found of one pair (PRB-22). */
    void writeFound(JsonGenerator json, Target.Forward pair, List<MemberHealth> servers) throws IOException {
        json.writeStartObject();
        writePool(json, pair.pool());
        json.writeFieldName("backendHealthHttpSettings");
        writeServers(json, pair.settings(), servers);
        json.writeEndObject();
    }

    private void writePool(JsonGenerator json, BackendAddressPool pool) throws IOException {
        json.writeObjectFieldStart("backendAddressPool");
        writeId(json, POOLS, pool.name());
        if (isExpanded) {
            json.writeStringField("name", pool.name());
            json.writeArrayFieldStart("backendAddresses");
            for (BackendAddress address : pool.backendAddresses()) {
                json.writeStartObject();
                json.writeStringField("fqdn", address.isIpLiteral() ? null : address.host());
                json.writeStringField("ipAddress", address.isIpLiteral() ? address.host() : null);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writeServers(JsonGenerator json, BackendHttpSettings settings, List<MemberHealth> servers)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("backendHttpSettings");
        writeId(json, SETTINGS, settings.name());
        if (isExpanded) {
            writeSettings(json, settings);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("servers");
        for (MemberHealth server : servers) {
            writeServer(json, server);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeSettings(JsonGenerator json, BackendHttpSettings settings) throws IOException {
        json.writeStringField("name", settings.name());
        json.writeNumberField("port", settings.port());
        json.writeStringField("protocol", settings.protocol().azureName());
        json.writeStringField("path", settings.path());
        json.writeNumberField("requestTimeout", settings.requestTimeout().toSeconds());
        json.writeStringField("cookieBasedAffinity", settings.affinity().enabled() ? "Enabled" : "Disabled");
        json.writeStringField("hostName", settings.hostOverride().hostName());
        json.writeBooleanField(
                "pickHostNameFromBackendAddress", settings.hostOverride().pickFromBackendAddress());
        json.writeObjectFieldStart("connectionDraining");
        json.writeBooleanField("enabled", settings.draining().enabled());
        json.writeNumberField("drainTimeoutInSec", settings.draining().timeout().toSeconds());
        json.writeEndObject();
        writeReferences(json, settings);
    }

    private void writeReferences(JsonGenerator json, BackendHttpSettings settings) throws IOException {
        Probe probe = settings.probe();
        if (probe == null || probe.isDefault()) {
            json.writeNullField("probe");
        } else {
            json.writeObjectFieldStart("probe");
            writeId(json, "probes", probe.name());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("trustedRootCertificates");
        for (TrustedRootCertificate root : settings.tls().trustedRootCertificates()) {
            json.writeStartObject();
            writeId(json, "trustedRootCertificates", root.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeId(JsonGenerator json, String collection, String name) throws IOException {
        json.writeStringField("id", gatewayId + "/" + collection + "/" + name);
        json.writeStringField("resourceGroup", resourceGroup());
    }

    private String resourceGroup() {
        String marker = "/resourcegroups/";
        int start = gatewayId.toLowerCase(Locale.ROOT).indexOf(marker);
        int end = gatewayId.indexOf('/', start + marker.length());
        return start < 0 || end < 0 ? "" : gatewayId.substring(start + marker.length(), end);
    }

    private static void writeServer(JsonGenerator json, MemberHealth server) throws IOException {
        AddressHealth telling = server.telling();
        json.writeStartObject();
        json.writeStringField("address", server.address());
        writeHealth(json, telling);
        json.writeNullField("ipConfiguration");
        json.writeObjectFieldStart("gatehouse");
        writeTimes(json, telling);
        if (server.addresses().size() > 1) {
            json.writeArrayFieldStart("addresses");
            for (AddressHealth address : server.addresses()) {
                json.writeStartObject();
                json.writeStringField("address", socket(address.upstream()));
                writeHealth(json, address);
                writeTimes(json, address);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String socket(Upstream upstream) {
        String host = upstream.socketAddress()
                .map(at -> at.getAddress().getHostAddress())
                .orElse(upstream.dialHost());
        return HostText.join(host, upstream.dialPort());
    }

    private static void writeHealth(JsonGenerator json, AddressHealth address) throws IOException {
        json.writeStringField("health", address.health().azureName());
        json.writeStringField("healthProbeLog", address.log());
        json.writeStringField("healthProbeErrorName", address.errorName().orElse(null));
    }

    private static void writeTimes(JsonGenerator json, AddressHealth address) throws IOException {
        Optional<ProbeRecord> probe = address.lastProbe();
        json.writeStringField(
                "lastProbe",
                probe.map(ProbeRecord::ended).map(Instant::toString).orElse(null));
        json.writeStringField(
                "lastChange", address.lastChange().map(Instant::toString).orElse(null));
        json.writeNumberField(
                "consecutiveFailures",
                probe.map(ProbeRecord::consecutiveFailures).orElse(0));
        if (probe.isPresent()) {
            json.writeNumberField("latencyMs", millis(probe.get().latency()));
        } else {
            json.writeNullField("latencyMs");
        }
    }

    /** To the microsecond: backends nearby answer within less than a millisecond. */
    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_OF_A_MICRO) / MICROS_OF_A_MILLI;
    }
}
