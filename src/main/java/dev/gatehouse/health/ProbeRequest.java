package dev.gatehouse.health;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.tls.BackendTls;
import dev.gatehouse.upstream.HealthRules;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamPool;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one member, worked out once from probe, settings and member (PRB-2 to PRB-7). Immutable.
 *
 * <p>The port is the probe's, else the member's, else that of the settings. Where the local address map gives the
 * member another port, the map wins over the probe too: it says where the backend really is, and the probe's port
 * belongs to the network that the map replaces.
 *
 * @param kind in which way to ask
 * @param address the member with its port, and where it is dialled if that differs; for messages
 * @param target address and port to connect to (PRB-4)
 * @param tls how to speak TLS; empty for Http
 * @param serverName SNI, and the name the certificate must have (PRB-6); empty if only an IP address is known
 * @param hostHeader value of Host (PRB-5), without port, as configured
 * @param path path and query
 * @param timing interval, time-out and threshold
 * @param match what counts as healthy
 */
record ProbeRequest(
        ProbeKind kind,
        String address,
        InetSocketAddress target,
        Optional<BackendTls> tls,
        Optional<String> serverName,
        String hostHeader,
        String path,
        ProbeTiming timing,
        ProbeMatch match) {
    private static final String DEFAULT_HOST = "127.0.0.1";

    /** Only for a member that has an address. */
    static ProbeRequest of(UpstreamPool pool, Upstream upstream) {
        return of(pool.settings(), pool.client().tls(), pool.rules(), upstream);
    }

    /** The same for settings that no pool has. */
    static ProbeRequest of(BackendHttpSettings settings, BackendTls tls, HealthRules rules, Upstream upstream) {
        Probe probe = settings.probe();
        return new ProbeRequest(
                probe == null ? ProbeKind.HTTP : probe.kind(),
                address(upstream, probe),
                target(upstream, dialPort(upstream, probe)),
                settings.protocol() == Protocol.HTTPS ? Optional.of(tls) : Optional.empty(),
                serverName(upstream.address(), probe, tls, rules.isV1()),
                hostHeader(settings, probe, upstream.address()),
                probe == null ? "/" : path(probe),
                probe == null ? ProbeTiming.DEFAULT : probe.timing(),
                probe == null ? ProbeMatch.DEFAULT : probe.match());
    }

    private static String path(Probe probe) {
        String own = probe.kind() instanceof ProbeKind.WebSocket webSocket ? webSocket.path() : null;
        return own == null ? probe.path() : own;
    }

    private static InetSocketAddress target(Upstream upstream, int port) {
        return upstream.socketAddress()
                .map(traffic -> new InetSocketAddress(traffic.getAddress(), port))
                .orElseThrow(() -> new IllegalArgumentException("upstream: " + upstream + " (expected: an address)"));
    }

    private static int port(Upstream upstream, @Nullable Probe probe) {
        Integer own = probe == null ? null : probe.port();
        return own == null ? upstream.port() : own;
    }

    private static int dialPort(Upstream upstream, @Nullable Probe probe) {
        boolean isMapped = upstream.dialPort() != upstream.port();
        return isMapped ? upstream.dialPort() : port(upstream, probe);
    }

    private static String address(Upstream upstream, @Nullable Probe probe) {
        String configured = HostText.join(upstream.address().host(), port(upstream, probe));
        String dialled = HostText.join(
                upstream.socketAddress()
                        .map(at -> at.getAddress().getHostAddress())
                        .orElse(upstream.dialHost()),
                dialPort(upstream, probe));
        return configured.equals(dialled) ? configured : configured + " (dialled as " + dialled + ")";
    }

    /** What is sent as SNI, and must be in the certificate (PRB-6). */
    static Optional<String> serverName(BackendAddress member, @Nullable Probe probe, BackendTls tls, boolean isV1) {
        return isV1 ? memberName(member) : serverName(member, probe, tls);
    }

    private static Optional<String> serverName(BackendAddress member, @Nullable Probe probe, BackendTls tls) {
        String own = probe == null ? null : probe.host();
        return Optional.ofNullable(own)
                .or(tls::configuredName)
                .or(() -> Optional.of(member.host()))
                .flatMap(BackendTls::sendable);
    }

    /** All that a v1 gateway sends (PRB-6). */
    private static Optional<String> memberName(BackendAddress member) {
        return BackendTls.sendable(member.host());
    }

    private static String hostHeader(BackendHttpSettings settings, @Nullable Probe probe, BackendAddress member) {
        if (probe == null) {
            return DEFAULT_HOST;
        }
        String own = probe.host();
        if (own != null) {
            return own;
        }
        return probe.pickHostNameFromBackendHttpSettings() ? pickedHost(settings, member) : DEFAULT_HOST;
    }

    private static String pickedHost(BackendHttpSettings settings, BackendAddress member) {
        String name = settings.hostOverride().hostName();
        if (name != null) {
            return name;
        }
        if (!settings.hostOverride().pickFromBackendAddress()) {
            return DEFAULT_HOST;
        }
        return member.host().indexOf(':') >= 0 ? "[" + member.host() + "]" : member.host(); // RFC 9110 §7.2
    }
}
