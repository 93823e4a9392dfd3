package dev.gatehouse.embedded;

import dev.gatehouse.model.AdminSettings;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.ListenSettings;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RedirectType;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.ShutdownSettings;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.TrafficSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations for the tests of this room: listeners on free ports, whose rules lead to a redirect. */
final class Samples {
    static final Map<String, CertificateSource> SELF_SIGNED = Map.of("*", new CertificateSource.SelfSigned());

    private Samples() {}

    static HttpListener http(int port, String... hostNames) {
        return listener("http" + port, Protocol.HTTP, port, null, hostNames);
    }

    static HttpListener https(String name, int port, String... hostNames) {
        return listener(name, Protocol.HTTPS, port, new SslCertificate(name, null, null, null), hostNames);
    }

    static GatewayConfiguration configuration(Map<String, CertificateSource> certificates, HttpListener... listeners) {
        Target target = new Target.Redirect(
                new RedirectConfiguration("r", RedirectType.FOUND, null, "https://elsewhere.example/", false, false));
        List<RequestRoutingRule> rules = new ArrayList<>();
        for (HttpListener listener : listeners) {
            rules.add(new RequestRoutingRule("rule-" + listener.name(), null, listener, target, null));
        }
        Gateway gateway = new Gateway(
                "test",
                false,
                true,
                false,
                List.of(),
                List.of(listeners),
                List.<BackendAddressPool>of(),
                List.of(),
                rules);
        LocalSettings empty = LocalSettings.DEFAULT;
        return new GatewayConfiguration(
                gateway,
                new LocalSettings(
                        ListenSettings.DEFAULT,
                        empty.pools(),
                        empty.addresses(),
                        certificates,
                        empty.trust(),
                        empty.webSocket(),
                        empty.accessLog(),
                        empty.admin(),
                        empty.reload()));
    }

    /**
     * The sockets of a configuration whose admin address is not the subject: the system chooses its port, so that
     * gateways of other tests and of other builds on the machine do not meet.
     */
    static SocketPlan plan(GatewayConfiguration configuration) throws StartRefusedException {
        return SocketPlan.of(withAdmin(new ListenAddress("127.0.0.1", 0), configuration));
    }

    /** The same with another admin address. */
    static GatewayConfiguration withAdmin(ListenAddress address, GatewayConfiguration given) {
        LocalSettings local = given.local();
        return new GatewayConfiguration(
                given.gateway(),
                new LocalSettings(
                        local.listen(),
                        local.pools(),
                        local.addresses(),
                        local.certificates(),
                        local.trust(),
                        local.webSocket(),
                        local.accessLog(),
                        new AdminSettings(Optional.of(address), true),
                        local.reload(),
                        local.traffic(),
                        local.shutdown(),
                        local.health()));
    }

    /** The same on another address of this machine. */
    static GatewayConfiguration listening(String address, GatewayConfiguration given) {
        LocalSettings local = given.local();
        return new GatewayConfiguration(
                given.gateway(),
                new LocalSettings(
                        new ListenSettings(
                                address, local.listen().ports(), local.listen().frontends()),
                        local.pools(),
                        local.addresses(),
                        local.certificates(),
                        local.trust(),
                        local.webSocket(),
                        local.accessLog(),
                        local.admin(),
                        local.reload(),
                        local.traffic(),
                        local.shutdown(),
                        local.health()));
    }

    /** The same that ends within so long. */
    static GatewayConfiguration endingWithin(Duration timeout, GatewayConfiguration given) {
        LocalSettings local = given.local();
        return new GatewayConfiguration(
                given.gateway(),
                new LocalSettings(
                        local.listen(),
                        local.pools(),
                        local.addresses(),
                        local.certificates(),
                        local.trust(),
                        local.webSocket(),
                        local.accessLog(),
                        local.admin(),
                        local.reload(),
                        local.traffic(),
                        new ShutdownSettings(timeout),
                        local.health()));
    }

    /** The same with other limits for clients. */
    static GatewayConfiguration limited(ClientLimits limits, GatewayConfiguration given) {
        LocalSettings local = given.local();
        TrafficSettings traffic = local.traffic();
        return new GatewayConfiguration(
                given.gateway(),
                new LocalSettings(
                        local.listen(),
                        local.pools(),
                        local.addresses(),
                        local.certificates(),
                        local.trust(),
                        local.webSocket(),
                        local.accessLog(),
                        local.admin(),
                        local.reload(),
                        new TrafficSettings(
                                limits,
                                traffic.buffering(),
                                traffic.forwarding(),
                                traffic.affinity(),
                                traffic.tokens()),
                        local.shutdown(),
                        local.health()));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpListener listener(
            String name, Protocol protocol, int port, SslCertificate certificate, String... hostNames) {
        return new HttpListener(
                name,
                new FrontendIpConfiguration("front", null),
                new FrontendPort("port" + port, port),
                protocol,
                List.of(hostNames),
                certificate,
                false);
    }
}
