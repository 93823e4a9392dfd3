package dev.gatehouse.gateway;

import dev.gatehouse.model.ClientAuthentication;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.tls.CertificateFindings;
import dev.gatehouse.tls.CertificateText;
import dev.gatehouse.tls.JvmTls;
import dev.gatehouse.tls.ListenerTls;
import dev.gatehouse.tls.PolicyOffer;
import dev.gatehouse.tls.TlsLook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a container's connector does otherwise than the listeners that are to be served on it ask for: seen from outside,
 * by connecting, so that it holds for every container. Confined to one look.
 */
final class ConnectorReport {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final byte[] BLANK_LINES = "\r\n\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TLS_ALERT = 21;
    private static final List<String> NEW_VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private final GatewayConfiguration configuration;
    private final Clock clock;
    private final BooleanSupplier isCancelled;
    private final JvmTls jvm = JvmTls.running();
    private final List<String> findings = new ArrayList<>();

    /**
     * Creates one.
     *
     * @param isCancelled asked before each look; what was not looked at is not reported
     */
    ConnectorReport(GatewayConfiguration configuration, Clock clock, BooleanSupplier isCancelled) {
        this.configuration = configuration;
        this.clock = clock;
        this.isCancelled = isCancelled;
    }

    /** Whether somebody listens there. */
    static boolean isOpen(ListenAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(reachable(address), (int) LIMIT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // Who listens on every address listens on the loopback one too.
    private static InetSocketAddress reachable(ListenAddress address) {
        InetSocketAddress bound = new InetSocketAddress(address.address(), address.port());
        return !bound.isUnresolved() && bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress("localhost", address.port())
                : bound;
    }

    /**
     * Looks at one connector.
     *
     * @param address where it listens
     * @param listeners those to be served there, in rule order
     * @return one line for each thing that does not fit, with its cure
     */
    List<String> of(ListenAddress address, List<HttpListener> listeners) {
        findings.clear();
        if (!isOpen(address)) {
            sayOfAll(listeners, address, "cannot be reached: nobody listens there", "Add a connector for this port.");
        } else if (listeners.get(0).protocol() == Protocol.HTTP) {
            if (refusesBlankLines(address)) {
                sayOfAll(
                        listeners,
                        address,
                        "is Http, but the connector speaks TLS",
                        "Make it a connector without TLS.");
            }
        } else {
            listeners.forEach(listener -> look(address, listener));
        }
        return List.copyOf(findings);
    }

    private void sayOfAll(List<HttpListener> listeners, ListenAddress address, String fault, String cure) {
        listeners.forEach(listener -> say(listener, address, fault, cure));
    }

    private void look(ListenAddress address, HttpListener listener) {
        if (isCancelled.getAsBoolean()) {
            return;
        }
        TlsLook look = new TlsLook(reachable(address), LIMIT);
        Optional<String> name =
                listener.hostNames().stream().map(ConnectorReport::concrete).findFirst();
        TlsLook.Seen seen;
        try {
            seen = look.seen(name, NEW_VERSIONS, List.of());
        } catch (IOException e) {
            say(
                    listener,
                    address,
                    "is Https, but the connector makes no TLS handshake of version 1.2 or 1.3"
                            + name.map(host -> " for the name " + host).orElse("") + ": " + e.getMessage(),
                    "Give the connector TLS with a certificate.");
            return;
        }
        compare(look, address, listener, name, seen);
    }

    // RFC 9112 §2.2 lets them pass before a request; TLS ends the connection, perhaps with an alert.
    private static boolean refusesBlankLines(ListenAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(reachable(address), (int) LIMIT.toMillis());
            socket.setSoTimeout((int) SILENCE.toMillis());
            socket.getOutputStream().write(BLANK_LINES);
            int first = socket.getInputStream().read();
            return first < 0 || first == TLS_ALERT;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // a reset is an end as well
        }
    }

    /** A name that a pattern covers. */
    private static String concrete(String hostName) {
        return HostText.hasWildcard(hostName) ? hostName.replace("*", "any").replace('?', 'x') : hostName;
    }

    private void compare(
            TlsLook look, ListenAddress address, HttpListener listener, Optional<String> name, TlsLook.Seen seen) {
        compareCertificate(address, listener, seen.chain());
        comparePolicy(look, address, listener, name);
        boolean asks = modeOf(listener) != ClientAuthentication.Mode.OFF;
        if (asks && !seen.asksForCertificate()) {
            boolean isStrict = modeOf(listener) == ClientAuthentication.Mode.STRICT;
            say(
                    listener,
                    address,
                    "wants certificates of clients, but the connector does not ask for them"
                            + (isStrict ? ", so every request is answered 400" : ""),
                    "Let the connector want a client certificate, without requiring it.");
        }
    }

    private static ClientAuthentication.Mode modeOf(HttpListener listener) {
        @Nullable SslProfile profile = listener.sslProfile();
        return profile == null
                ? ClientAuthentication.Mode.OFF
                : profile.clientAuthentication().mode();
    }

    private void compareCertificate(ListenAddress address, HttpListener listener, List<X509Certificate> chain) {
        X509Certificate leaf = chain.get(0);
        List<String> uncovered = CertificateFindings.uncovered(leaf, listener.hostNames());
        if (!uncovered.isEmpty()) {
            say(
                    listener,
                    address,
                    "serves " + String.join(", ", uncovered) + ", but the connector shows " + CertificateText.of(leaf),
                    "Give the connector a certificate for the name, chosen by SNI if there are several.");
        }
        CertificateFindings.expired(chain, clock.instant())
                .ifPresent(old -> say(
                        listener,
                        address,
                        "is shown with a certificate that has expired: " + CertificateText.of(old),
                        "Renew it in the container."));
    }

    // The other way round is not looked for: what the policy has and the connector has not keeps nobody unsafe.
    private void comparePolicy(TlsLook look, ListenAddress address, HttpListener listener, Optional<String> name) {
        ListenerTls policy = PolicyOffer.of(
                        configuration.gateway().tls().policyOf(listener),
                        configuration.gateway().isV1(),
                        jvm)
                .wanted();
        Set<String> beyond = new TreeSet<>();
        for (String version : NEW_VERSIONS) {
            if (jvm.protocols().contains(version) && !policy.protocols().contains(version)) {
                agreed(look, name, version, List.of()).ifPresent(seen -> beyond.add(version));
            }
        }
        List<String> others = jvm.suites().stream()
                .filter(suite -> !isOfTls13(suite) && !policy.tls12Suites().contains(suite) && !suite.endsWith("SCSV"))
                .sorted()
                .toList();
        if (policy.protocols().contains("TLSv1.2")) {
            agreed(look, name, "TLSv1.2", others).ifPresent(seen -> beyond.add(seen.cipherSuite()));
        }
        if (!beyond.isEmpty()) {
            say(
                    listener,
                    address,
                    "has a TLS policy that the connector goes beyond, for example with " + String.join(", ", beyond),
                    "Set the connector's versions and suites as the policy has them.");
        }
    }

    private static boolean isOfTls13(String suite) {
        return !suite.toUpperCase(Locale.ROOT).contains("_WITH_");
    }

    private static Optional<TlsLook.Seen> agreed(
            TlsLook look, Optional<String> name, String version, List<String> suites) {
        try {
            return Optional.of(look.seen(name, List.of(version), suites));
        } catch (IOException e) {
            return Optional.empty(); // as the policy wants it
        }
    }

    private void say(HttpListener listener, ListenAddress address, String fault, String cure) {
        findings.add("listener " + listener.name() + " (" + address + ") " + fault + ". " + cure);
    }
}
