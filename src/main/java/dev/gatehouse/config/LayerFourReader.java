package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.LayerFour.BackendSettings;
import dev.gatehouse.model.LayerFour.Listener;
import dev.gatehouse.model.LayerFour.Protocol;
import dev.gatehouse.model.LayerFour.RoutingRule;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.SslProfile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Listeners and rules of the layer-4 proxy (section 4.19). Confined to one load. */
final class LayerFourReader {
    static final Map<String, Protocol> PROTOCOLS =
            Map.of(Protocol.TCP.azureName(), Protocol.TCP, Protocol.TLS.azureName(), Protocol.TLS);

    private static final Map<String, String> RULE_TYPES = Map.of("Basic", "Basic");

    private final Table<FrontendIpConfiguration> frontends;
    private final Table<FrontendPort> ports;
    private final TlsTables tls;
    private final Problems problems;

    LayerFourReader(
            Table<FrontendIpConfiguration> frontends, Table<FrontendPort> ports, TlsTables tls, Problems problems) {
        this.frontends = frontends;
        this.ports = ports;
        this.tls = tls;
        this.problems = problems;
    }

    Optional<Listener> listener(String name, ConfigObject object) {
        Optional<FrontendIpConfiguration> frontend =
                object.requiredReference("frontendIPConfiguration").flatMap(frontends::resolve);
        Optional<FrontendPort> port = object.requiredReference("frontendPort").flatMap(ports::resolve);
        object.require("protocol");
        Optional<Protocol> protocol = object.choice("protocol", PROTOCOLS);
        Optional<Reference> certificateId = object.reference("sslCertificate");
        Optional<SslCertificate> certificate = certificateId.flatMap(tls.certificates()::resolve);
        Optional<SslProfile> profile = object.reference("sslProfile").flatMap(tls.profiles()::resolve);
        List<String> hostNames = hostNames(object);
        protocol.ifPresent(speaks -> checkTls(object, speaks, certificateId.isPresent(), !hostNames.isEmpty()));
        return frontend.flatMap(front -> port.flatMap(at -> protocol.map(speaks ->
                new Listener(name, front, at, speaks, hostNames, certificate.orElse(null), profile.orElse(null)))));
    }

    /** VAL-13; server names come with TLS only. */
    private void checkTls(ConfigObject object, Protocol protocol, boolean hasCertificate, boolean hasNames) {
        if (protocol == Protocol.TLS && !hasCertificate) {
            problems.error(
                    "VAL-13",
                    Kind.MISSING,
                    object.placeOf("sslCertificate"),
                    "a Tls listener needs a certificate.",
                    "Refer to one of sslCertificates.");
        }
        if (protocol == Protocol.TCP && hasCertificate) {
            warnOfTcp(object, "sslCertificate", "a certificate");
        }
        if (protocol == Protocol.TCP && object.isStated("sslProfile")) {
            warnOfTcp(object, "sslProfile", "a TLS profile");
        }
        if (protocol == Protocol.TCP && hasNames) {
            warnOfTcp(object, "hostNames", "host names");
        }
    }

    private void warnOfTcp(ConfigObject object, String key, String what) {
        problems.warn(
                "VAL-13",
                Kind.CONFLICT,
                object.placeOf(key),
                "a Tcp listener does not use " + what + ".",
                "Remove it, or make the listener Tls.");
    }

    private List<String> hostNames(ConfigObject object) {
        Set<String> names = new LinkedHashSet<>();
        for (String text : object.texts("hostNames")) {
            String name = text.strip().toLowerCase(Locale.ROOT);
            Hosts.complaintAboutPattern(name)
                    .ifPresentOrElse(
                            complaint -> problems.error(
                                    "VAL-12",
                                    Kind.RANGE,
                                    object.placeOf("hostNames"),
                                    Wording.quote(name) + " " + complaint + ".",
                                    "Write a host name such as \"www.contoso.com\" or \"*.contoso.com\"."),
                            () -> names.add(name));
        }
        return List.copyOf(names);
    }

    Optional<RoutingRule> rule(
            String name,
            ConfigObject object,
            Table<Listener> listeners,
            Table<BackendAddressPool> pools,
            Table<BackendSettings> settings) {
        object.choice("ruleType", RULE_TYPES);
        object.require("priority");
        Optional<Integer> priority =
                object.get("priority").flatMap(node -> new Scalars(problems).integer(node, 1, 20_000, "VAL-6"));
        Optional<Listener> listener = object.requiredReference("listener").flatMap(listeners::resolve);
        Optional<BackendAddressPool> pool = target(object, "backendAddressPool").flatMap(pools::resolve);
        Optional<BackendSettings> how = target(object, "backendSettings").flatMap(settings::resolve);
        return priority.flatMap(rank ->
                listener.flatMap(from -> pool.flatMap(to -> how.map(by -> new RoutingRule(name, rank, from, to, by)))));
    }

    /** VAL-16. */
    private Optional<Reference> target(ConfigObject object, String key) {
        if (!object.isStated(key)) {
            problems.error(
                    "VAL-16",
                    Kind.MISSING,
                    object.placeOf(key),
                    "a rule of the layer-4 proxy needs a pool and settings.",
                    "Refer to one by its id.");
        }
        return object.reference(key);
    }
}
