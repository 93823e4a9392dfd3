package dev.gatehouse.embedded;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.TrustedClientCertificate;
import dev.gatehouse.tls.JvmTls;
import dev.gatehouse.tls.ListenerIdentity;
import dev.gatehouse.tls.ListenerKey;
import dev.gatehouse.tls.ListenerKeys;
import dev.gatehouse.tls.ListenerTls;
import dev.gatehouse.tls.PolicyOffer;
import dev.gatehouse.tls.SelfSignedKeys;
import dev.gatehouse.tls.SocketTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.tls.TrustMaterial;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that a configuration opens on this machine, with their keys. Immutable.
 *
 * @param configuration what is to be served: the one read, less the rules of listeners that stay shut
 * @param sockets one per distinct bind address and local port of a rule's listener (REQ-1)
 * @param admin the socket of operators, unless it is switched off
 * @param shut why listeners stay shut, one line each (CFG-21, TLS-5)
 * @param selfSigned the certificates that were made for it, for the plan that follows it
 */
record SocketPlan(
        GatewayConfiguration configuration,
        List<ListenerSocket> sockets,
        Optional<ListenerSocket> admin,
        List<String> shut,
        SelfSignedKeys selfSigned) {
    SocketPlan {
        sockets = List.copyOf(sockets);
        shut = List.copyOf(shut);
    }

    /** Plans the sockets of a process's first configuration, as the other one does. */
    static SocketPlan of(GatewayConfiguration configuration) throws StartRefusedException {
        return of(configuration, SelfSignedKeys.none());
    }

    /**
     * Plans the sockets and reads the keys; opens nothing.
     *
     * @param selfSigned made certificates to go on with; those that are missing are made and kept in it
     * @throws StartRefusedException with every key that cannot be used and every socket that two protocols want, or if
     *     nothing is left to open
     */
    static SocketPlan of(GatewayConfiguration configuration, SelfSignedKeys selfSigned) throws StartRefusedException {
        Planner planner = new Planner(configuration, selfSigned);
        rulesInOrder(configuration.gateway()).forEach(rule -> planner.add(rule.httpListener()));
        return planner.plan();
    }

    /** All sockets, that of operators last. */
    List<ListenerSocket> all() {
        List<ListenerSocket> all = new ArrayList<>(sockets);
        admin.ifPresent(all::add);
        return all;
    }

    // REQ-11: by priority if every rule has one, else as in the file.
    private static List<RequestRoutingRule> rulesInOrder(Gateway gateway) {
        List<RequestRoutingRule> rules = new ArrayList<>(gateway.requestRoutingRules());
        if (rules.stream().allMatch(rule -> rule.priority() != null)) {
            rules.sort(Comparator.comparing(RequestRoutingRule::priority));
        }
        return rules;
    }

    private static final class Planner {
        private final GatewayConfiguration configuration;
        private final SelfSignedKeys selfSigned;
        private final ListenerKeys keys;
        private final Map<ListenAddress, Set<HttpListener>> listeners = new LinkedHashMap<>();
        private final TrustMaterial trust;
        private final JvmTls jvm = JvmTls.running();
        private final Map<HttpListener, ListenerIdentity> ready = new LinkedHashMap<>();
        private final Map<HttpListener, String> shut = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        Planner(GatewayConfiguration configuration, SelfSignedKeys selfSigned) {
            this.configuration = configuration;
            this.selfSigned = selfSigned;
            this.keys = new ListenerKeys(configuration.local(), selfSigned);
            this.trust = new TrustMaterial(configuration.local(), System::getenv);
        }

        void add(HttpListener listener) {
            listeners
                    .computeIfAbsent(
                            configuration.local().listen().addressOf(listener), address -> new LinkedHashSet<>())
                    .add(listener);
            if (listener.protocol() == Protocol.HTTPS) {
                findKey(listener);
            }
        }

        private void findKey(HttpListener listener) {
            try {
                ListenerTls offer = offer(listener);
                ListenerKey key = keys.find(listener, offer);
                if (key instanceof ListenerKey.Ready usable) {
                    Optional<String> objection =
                            offer.objection(usable.chain().get(0).getPublicKey());
                    if (objection.isPresent()) {
                        shut.put(
                                listener,
                                "listener " + listener.name() + " stays shut: " + objection.get() + " [TLS-21]");
                        return;
                    }
                    ready.put(listener, new ListenerIdentity(listener, usable, offer, clientIssuers(listener)));
                } else if (key instanceof ListenerKey.Missing missing) {
                    shut.put(listener, "listener " + listener.name() + " stays shut: " + missing.reason());
                }
            } catch (TlsConfigurationException e) {
                problems.add(e.getMessage());
            }
        }

        private ListenerTls offer(HttpListener listener) throws TlsConfigurationException {
            Gateway gateway = configuration.gateway();
            PolicyOffer offer = PolicyOffer.of(gateway.tls().policyOf(listener), gateway.isV1(), jvm);
            if (!offer.isUsable()) { // said with its place when the file was read; nobody could connect
                throw new TlsConfigurationException("httpListeners/" + listener.name()
                        + ": nothing of its TLS policy is left on this JVM; choose another [TLS-21]");
            }
            return offer.possible();
        }

        private List<X509Certificate> clientIssuers(HttpListener listener) throws TlsConfigurationException {
            List<X509Certificate> issuers = new ArrayList<>();
            @Nullable SslProfile profile = listener.sslProfile();
            if (profile != null && listener.needsClientCertificate()) {
                for (TrustedClientCertificate upload : profile.trustedClientCertificates()) {
                    issuers.addAll(trust.certificates(upload));
                }
            }
            return issuers;
        }

        SocketPlan plan() throws StartRefusedException {
            List<ListenerSocket> sockets = new ArrayList<>();
            listeners.forEach((address, all) -> {
                refuseTwoProtocols(address, all);
                List<HttpListener> open = all.stream()
                        .filter(listener -> !shut.containsKey(listener))
                        .toList();
                if (!open.isEmpty()) {
                    sockets.add(socket(address, open));
                }
            });
            if (sockets.isEmpty() && problems.isEmpty()) {
                problems.addAll(shut.values());
                problems.add(
                        "no listener can be opened: there must be one that a requestRoutingRule names, with its key"
                                + " if it is Https.");
            }
            if (!problems.isEmpty()) {
                throw new StartRefusedException(problems);
            }
            return new SocketPlan(openPart(), sockets, admin(), List.copyOf(shut.values()), selfSigned);
        }

        private Optional<ListenerSocket> admin() {
            return configuration.local().admin().listen().map(ListenerSocket::admin);
        }

        private void refuseTwoProtocols(ListenAddress address, Set<HttpListener> all) {
            HttpListener first = all.iterator().next();
            for (HttpListener other : all) {
                if (other.protocol() != first.protocol()) {
                    problems.add("httpListeners/" + other.name() + " is "
                            + other.protocol().azureName() + ", but "
                            + first.name() + " is " + first.protocol().azureName() + " on the same local socket "
                            + address
                            + ". Give one of them another port under listen.ports of the local file. [REQ-1]");
                    return;
                }
            }
        }

        private ListenerSocket socket(ListenAddress address, List<HttpListener> open) {
            Protocol protocol = open.get(0).protocol();
            return new ListenerSocket(
                    address,
                    ListenerSocket.Use.TRAFFIC,
                    protocol,
                    protocol == Protocol.HTTPS && configuration.gateway().enableHttp2() && !isDedicated(open),
                    open,
                    tls(open),
                    ClientPatience.of(configuration, open));
        }

        // REQ-44: a backend connection of its own for each of the client's leaves no room for several requests at once.
        private boolean isDedicated(List<HttpListener> open) {
            return configuration.gateway().requestRoutingRules().stream()
                    .filter(rule -> open.contains(rule.httpListener()))
                    .flatMap(rule -> rule.targets().stream())
                    .anyMatch(target -> target instanceof Target.Backends backends
                            && backends.settings().dedicatedBackendConnection());
        }

        private @Nullable SocketTls tls(List<HttpListener> open) {
            List<ListenerIdentity> identities = open.stream()
                    .flatMap(listener -> Optional.ofNullable(ready.get(listener)).stream())
                    .toList();
            try {
                return identities.isEmpty()
                        ? null
                        : SocketTls.of(identities, configuration.gateway().isV1());
            } catch (TlsConfigurationException e) {
                problems.add(e.getMessage());
                return null;
            }
        }

        private GatewayConfiguration openPart() {
            Gateway gateway = configuration.gateway();
            List<RequestRoutingRule> open = gateway.requestRoutingRules().stream()
                    .filter(rule -> !shut.containsKey(rule.httpListener()))
                    .toList();
            return new GatewayConfiguration(gateway.withRequestRoutingRules(open), configuration.local());
        }
    }
}
