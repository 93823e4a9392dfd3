package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.LayerFour.BackendSettings;
import dev.gatehouse.model.LayerFour.Probe;
import dev.gatehouse.model.LayerFour.Protocol;
import dev.gatehouse.model.TrustedRootCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings and probes of the layer-4 proxy (sections 4.19 and 4.9). Confined to one load. */
final class LayerFourSettingsReader {
    private static final int DAY = 86_400;
    /** The page that gives the range gives no default; that of HTTP settings is taken. */
    private static final int DEFAULT_TIMEOUT = 20;

    private final Table<TrustedRootCertificate> roots;
    private final HostReader hosts;
    private final Problems problems;

    LayerFourSettingsReader(Table<TrustedRootCertificate> roots, Problems problems) {
        this.roots = roots;
        this.hosts = new HostReader(problems);
        this.problems = problems;
    }

    /** Empty for probes of HTTP, which their own reader reads. */
    Optional<Probe> probe(String name, ConfigObject object) {
        if (!ProbeReader.isLayerFour(object)) {
            return Optional.empty();
        }
        Optional<Protocol> protocol = object.choice("protocol", LayerFourReader.PROTOCOLS);
        Optional<String> host = hosts.host(object, "host");
        int minServers = object.integer("minServers", 0, Integer.MAX_VALUE).orElse(0);
        Optional<Integer> port = object.integer("port", 1, 65535);
        return protocol.map(speaks -> new Probe(
                name,
                speaks,
                host.orElse(null),
                object.flag("pickHostNameFromBackendSettings", false),
                ProbeReader.timing(object),
                minServers,
                port.orElse(null),
                object.flag("enableProbeProxyProtocolHeader", false)));
    }

    Optional<BackendSettings> settings(String name, ConfigObject object, Table<Probe> probes) {
        Optional<Integer> port = object.requiredInteger("port", 1, 65535);
        object.require("protocol");
        Optional<Protocol> protocol = object.choice("protocol", LayerFourReader.PROTOCOLS);
        Duration timeout = Duration.ofSeconds(object.integer("timeout", 1, DAY).orElse(DEFAULT_TIMEOUT));
        Optional<Probe> probe = protocol.flatMap(speaks -> probe(object, speaks, probes));
        HostOverride host = hosts.override(object);
        List<TrustedRootCertificate> trusted = new ArrayList<>();
        object.references("trustedRootCertificates")
                .forEach(reference -> roots.resolve(reference).ifPresent(trusted::add));
        boolean keepsClientIp = object.flag("enableL4ClientIpPreservation", false);
        return port.flatMap(number -> protocol.map(speaks ->
                new BackendSettings(name, number, speaks, timeout, probe.orElse(null), trusted, host, keepsClientIp)));
    }

    /** VAL-26. */
    private Optional<Probe> probe(ConfigObject object, Protocol protocol, Table<Probe> probes) {
        Optional<Reference> reference = object.reference("probe");
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Optional<Probe> probe = probes.resolve(reference.get());
        boolean isHttp = probes.find(ReferenceText.of(reference.get().text()).name())
                .filter(item -> !ProbeReader.isLayerFour(item.object()))
                .isPresent();
        if (isHttp || probe.filter(found -> found.protocol() != protocol).isPresent()) {
            String other = probe.map(found -> found.protocol().azureName()).orElse("Http or Https");
            problems.error(
                    "VAL-26",
                    Kind.CONFLICT,
                    reference.get().place(),
                    "the probe speaks " + other + ", the settings speak " + protocol.azureName() + ".",
                    "Give both the same protocol, or name another probe.");
        }
        return probe;
    }
}
