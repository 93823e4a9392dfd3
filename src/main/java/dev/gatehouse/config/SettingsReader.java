package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AuthenticationCertificate;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.TrustedRootCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backend settings (section 4.8). Confined to one load. */
final class SettingsReader {
    private static final Map<String, Boolean> SWITCH = Map.of("Enabled", true, "Disabled", false);

    private final Table<Probe> probes;
    private final Map<String, ProbeKind> kinds;
    private final Table<TrustedRootCertificate> roots;
    private final Table<AuthenticationCertificate> authentication;
    private final HostReader hosts;
    private final Problems problems;

    /** Kinds of probes are those of the local file, by name in lower case. */
    SettingsReader(Table<Probe> probes, Map<String, ProbeKind> kinds, TlsTables tls, Problems problems) {
        this.probes = probes;
        this.kinds = kinds;
        this.roots = tls.roots();
        this.authentication = tls.authentication();
        this.hosts = new HostReader(problems);
        this.problems = problems;
    }

    Optional<BackendHttpSettings> settings(String name, ConfigObject object) {
        Optional<Integer> port = object.requiredInteger("port", 1, 65535);
        Protocol protocol = object.choice("protocol", Protocols.BY_NAME).orElse(Protocol.HTTP);
        HostOverride host = hosts.override(object);
        Optional<Probe> probe = object.isStated("probe") ? probe(object, protocol, host) : defaultProbe(name, protocol);
        BackendTlsRules tls = tlsRules(object);
        CookieAffinity affinity = affinity(object);
        ConnectionDraining draining = draining(object);
        Duration timeout = object.integer("requestTimeout", 1, 86_400)
                .map(Duration::ofSeconds)
                .orElse(BackendHttpSettings.DEFAULT_REQUEST_TIMEOUT);
        Optional<String> path = path(object);
        boolean dedicated = object.flag("dedicatedBackendConnection", false);
        return port.map(number -> new BackendHttpSettings(
                name,
                number,
                protocol,
                timeout,
                probe.orElse(null),
                host,
                path.orElse(null),
                affinity,
                draining,
                tls,
                dedicated));
    }

    /** Only one that asks in another way needs a record; a probe of the same name has the local file's word first. */
    private Optional<Probe> defaultProbe(String name, Protocol protocol) {
        return Optional.ofNullable(kinds.get(ObjectNode.fold(name)))
                .filter(kind -> !kind.equals(ProbeKind.HTTP))
                .filter(kind -> probes.find(name).isEmpty())
                .map(kind -> Probe.ofDefault(protocol, kind));
    }

    /** VAL-25 and VAL-26. */
    private Optional<Probe> probe(ConfigObject object, Protocol protocol, HostOverride host) {
        Optional<Reference> reference = object.reference("probe");
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        Optional<Probe> probe = probes.resolve(reference.get());
        boolean isLayerFour = probes.find(
                        ReferenceText.of(reference.get().text()).name())
                .filter(item -> ProbeReader.isLayerFour(item.object()))
                .isPresent();
        boolean differs = probe.isPresent() && probe.get().protocol() != protocol;
        if (isLayerFour || differs) {
            String other = probe.map(p -> p.protocol().azureName()).orElse("Tcp or Tls");
            problems.error(
                    "VAL-26",
                    Kind.CONFLICT,
                    reference.get().place(),
                    "the probe speaks " + other + ", the settings speak " + protocol.azureName() + ".",
                    "Give both the same protocol, or name another probe.");
        }
        boolean hasHost = object.isStated("hostName") || host.pickFromBackendAddress();
        if (probe.isPresent() && probe.get().pickHostNameFromBackendHttpSettings() && !hasHost) {
            problems.error(
                    "VAL-25",
                    Kind.CONFLICT,
                    reference.get().place(),
                    "the probe picks its host from these settings, which set none.",
                    "Set hostName or pickHostNameFromBackendAddress here, or host in the probe.");
        }
        return probe;
    }

    private BackendTlsRules tlsRules(ConfigObject object) {
        List<TrustedRootCertificate> trusted = new ArrayList<>();
        object.references("trustedRootCertificates")
                .forEach(reference -> roots.resolve(reference).ifPresent(trusted::add));
        List<AuthenticationCertificate> allowed = new ArrayList<>();
        object.references("authenticationCertificates")
                .forEach(reference -> authentication.resolve(reference).ifPresent(allowed::add));
        warnOfBothLists(object, !trusted.isEmpty() && !allowed.isEmpty());
        boolean validatesSni = object.flag("validateSNI", true);
        if (!validatesSni && object.isStated("sniName")) {
            problems.warn(
                    "TLS-43",
                    Kind.CONFLICT,
                    object.placeOf("sniName"),
                    "the name is sent, but validateSNI is false: no certificate is checked for it.",
                    "Set validateSNI to true, or remove sniName.");
        }
        return new BackendTlsRules(
                trusted,
                object.flag("validateCertChainAndExpiry", true),
                validatesSni,
                hosts.host(object, "sniName").orElse(null),
                allowed);
    }

    /** TLS-45. */
    private void warnOfBothLists(ConfigObject object, boolean hasBoth) {
        if (hasBoth) {
            problems.warn(
                    "TLS-45",
                    Kind.CONFLICT,
                    object.placeOf("authenticationCertificates"),
                    "the settings also name trustedRootCertificates; those alone count.",
                    "Remove one of the two lists.");
        }
    }

    private CookieAffinity affinity(ConfigObject object) {
        boolean enabled = object.choice("cookieBasedAffinity", SWITCH).orElse(false);
        String name = object.text("affinityCookieName").orElse(CookieAffinity.OFF.cookieName());
        // A name with other characters could add attributes or header lines to Set-Cookie (RFC 6265 §4.1.1).
        if (!Hosts.isToken(name)) {
            problems.error(
                    "REQ-35",
                    Kind.RANGE,
                    object.placeOf("affinityCookieName"),
                    Wording.quote(name) + " cannot name a cookie.",
                    "Use letters, digits, '-' and '_'.");
        }
        return new CookieAffinity(enabled, name);
    }

    /** Where it is off, the number means nothing; exports print 1 (section 4.8). */
    private ConnectionDraining draining(ConfigObject object) {
        Optional<ConfigObject> draining = object.object("connectionDraining");
        if (draining.isEmpty() || !draining.get().flag("enabled", false)) {
            return ConnectionDraining.DEFAULT;
        }
        Optional<Integer> seconds = draining.get().requiredInteger("drainTimeoutInSec", 1, 3600);
        return new ConnectionDraining(
                true, seconds.map(Duration::ofSeconds).orElse(ConnectionDraining.DEFAULT.timeout()));
    }

    private Optional<String> path(ConfigObject object) {
        Optional<String> path = object.text("path");
        if (path.isPresent() && !path.get().chars().allMatch(c -> c > ' ' && c != 127 && c != '?' && c != '#')) {
            problems.error(
                    "REQ-33",
                    Kind.RANGE,
                    object.placeOf("path"),
                    Wording.quote(path.get()) + " is no path.",
                    "Leave blanks, '?' and '#' out.");
            return Optional.empty();
        }
        return path;
    }
}
