package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.AdvancedRoutingMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.Target;
import dev.gatehouse.model.UrlPathMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A local file that a gateway could start with on this machine (product.md section 3): unprivileged ports, a loopback
 * address for every backend, a self-signed key for every certificate without one, and a blank for everything that only
 * Azure or the user knows. Confined to one suggestion.
 */
final class LocalSuggestion {
    private static final int FIRST_BACKEND_PORT = 9001;
    private static final int HIGHEST_PRIVILEGED = 1023;
    private static final int HIGHEST_PORT = 65535;
    private static final int SHIFT = 8000;

    private final Gateway gateway;
    private final ObjectNode node;
    private final Map<String, Set<Integer>> settingsPorts;
    private final Set<Integer> taken;
    private int nextPort = FIRST_BACKEND_PORT;

    /** For a gateway as it was read, and as it stands in the file: what a blank kept from being read is there alone. */
    LocalSuggestion(Gateway gateway, ObjectNode node) {
        this.gateway = gateway;
        this.node = node;
        this.settingsPorts = settingsPorts(gateway);
        this.taken = frontendPorts();
    }

    /** Everything but the {@link Blanks}. */
    Map<String, Object> machine() {
        Map<String, Object> file = new LinkedHashMap<>();
        Map<String, Object> listen = new LinkedHashMap<>();
        listen.put("address", "127.0.0.1");
        put(listen, "ports", ports());
        file.put("listen", listen);
        put(file, "pools", pools());
        put(file, "addresses", addresses());
        put(file, "certificates", certificates());
        return file;
    }

    private static void put(Map<String, Object> file, String key, Map<String, Object> part) {
        if (!part.isEmpty()) {
            file.put(key, part);
        }
    }

    /** Ports that only an administrator may open get others; what is free for anybody stays. */
    private Map<String, Object> ports() {
        Map<String, Object> ports = new LinkedHashMap<>();
        for (int port : List.copyOf(taken)) {
            int local = port > HIGHEST_PRIVILEGED ? port : port + SHIFT;
            while (local != port && !taken.add(local)) {
                local++;
            }
            ports.put(Integer.toString(port), local);
        }
        return ports;
    }

    /** A listener whose host name is a blank is no listener yet; its port is known all the same. */
    private Set<Integer> frontendPorts() {
        Set<Integer> ports = new LinkedHashSet<>();
        for (HttpListener listener : gateway.httpListeners()) {
            ports.add(listener.frontendPort().port());
        }
        Problems unused = new Problems(); // found and told where the file is read
        for (ConfigObject port : ConfigObject.of(node, unused).objects("frontendPorts")) {
            port.integer("port", 1, HIGHEST_PORT).ifPresent(ports::add);
        }
        return ports;
    }

    private Map<String, Object> pools() {
        Map<String, Object> pools = new LinkedHashMap<>();
        for (BackendAddressPool pool : gateway.backendAddressPools()) {
            if (pool.backendAddresses().isEmpty()) {
                pools.put(pool.name(), new ArrayList<>(List.of(nextBackend())));
            }
        }
        return pools;
    }

    /** A member that is dialled at one port needs its host alone, with several it needs a line for each. */
    private Map<String, Object> addresses() {
        Map<String, Set<Integer>> ports = new LinkedHashMap<>();
        for (BackendAddressPool pool : gateway.backendAddressPools()) {
            for (BackendAddress member : pool.backendAddresses()) {
                ports.computeIfAbsent(member.host().toLowerCase(Locale.ROOT), host -> new LinkedHashSet<>())
                        .addAll(portsOf(member, pool));
            }
        }
        Map<String, Object> addresses = new LinkedHashMap<>();
        ports.forEach((host, own) -> {
            if (own.size() < 2) {
                addresses.put(host, nextBackend());
            } else {
                own.forEach(port -> addresses.put(new BackendAddress(host, port).toString(), nextBackend()));
            }
        });
        return addresses;
    }

    /** Its own, or those of all settings that a target pairs its pool with; none if its rules could not be read. */
    private Set<Integer> portsOf(BackendAddress member, BackendAddressPool pool) {
        Integer own = member.port();
        return own == null ? settingsPorts.getOrDefault(pool.name(), Set.of()) : Set.of(own);
    }

    private static Map<String, Set<Integer>> settingsPorts(Gateway gateway) {
        Map<String, Set<Integer>> ports = new LinkedHashMap<>();
        targets(gateway).forEach(target -> {
            if (target instanceof Target.Forward forward) {
                add(forward.pool(), forward.settings(), ports);
            } else if (target instanceof Target.Distribute spread) {
                Optional.ofNullable(spread.pool()).ifPresent(pool -> add(pool, spread.settings(), ports));
                spread.policy().targets().forEach(weighted -> add(weighted.pool(), spread.settings(), ports));
            }
        });
        return ports;
    }

    private static void add(
            BackendAddressPool pool, BackendHttpSettings settings, Map<String, Set<Integer>> portsByPool) {
        portsByPool.computeIfAbsent(pool.name(), name -> new LinkedHashSet<>()).add(settings.port());
    }

    private static Stream<Target> targets(Gateway gateway) {
        return gateway.requestRoutingRules().stream()
                .flatMap(rule -> Stream.of(
                                Stream.ofNullable(rule.target()),
                                Stream.ofNullable(rule.urlPathMap()).flatMap(LocalSuggestion::targets),
                                Stream.ofNullable(rule.advancedRoutingMap()).flatMap(LocalSuggestion::targets))
                        .flatMap(targets -> targets));
    }

    private static Stream<Target> targets(UrlPathMap map) {
        return Stream.concat(
                Stream.ofNullable(map.defaultTarget()), map.pathRules().stream().map(PathRule::target));
    }

    private static Stream<Target> targets(AdvancedRoutingMap map) {
        return Stream.concat(
                Stream.of(map.defaultTarget()), map.rules().stream().map(AdvancedRoutingMap.Rule::target));
    }

    private Map<String, Object> certificates() {
        Map<String, Object> certificates = new LinkedHashMap<>();
        for (SslCertificate certificate : gateway.sslCertificates()) {
            if (certificate.data() == null) {
                certificates.put(certificate.name(), new LinkedHashMap<>(Map.of("selfSigned", true)));
            }
        }
        return certificates;
    }

    private String nextBackend() {
        while (!taken.add(nextPort)) {
            nextPort++;
        }
        return "127.0.0.1:" + nextPort;
    }
}
