package dev.gatehouse.config;

import dev.gatehouse.document.Need;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.PathRule;
import dev.gatehouse.model.RequestRoutingRule;
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
import org.jspecify.annotations.Nullable;

/**
 * A local file that a gateway could start with on this machine (product.md section 3): unprivileged ports, a loopback
 * address for every backend, a self-signed key for every certificate without one, and a blank for everything that only
 * Azure or the user knows. Confined to one suggestion.
 */
final class LocalSuggestion {
    private static final int FIRST_BACKEND_PORT = 9001;
    private static final int HIGHEST_PRIVILEGED = 1023;
    private static final int SHIFT = 8000;

    private final Gateway gateway;
    private int nextPort = FIRST_BACKEND_PORT;

    LocalSuggestion(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Everything but what {@link #addNeeds} adds. */
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

    /** The blanks: one for each need, merged where they share an object. */
    static void addNeeds(Map<String, Object> file, Set<Need> needs) {
        for (Need need : needs) {
            boolean isParameter = need.kind() == Need.Kind.PARAMETER;
            List<String> path = new ArrayList<>(List.of(isParameter ? "parameters" : "references", need.key()));
            if (isParameter) {
                path.add("value");
            }
            path.addAll(need.path());
            fill(file, path, new JsonTree.Raw(need.sample()));
        }
    }

    private static void put(Map<String, Object> file, String key, Map<String, Object> part) {
        if (!part.isEmpty()) {
            file.put(key, part);
        }
    }

    /** Ports that only an administrator may open get others; what is free for anybody stays. */
    private Map<String, Object> ports() {
        Set<Integer> taken = new LinkedHashSet<>();
        for (HttpListener listener : gateway.httpListeners()) {
            taken.add(listener.frontendPort().port());
        }
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

    private Map<String, Object> pools() {
        Map<String, Object> pools = new LinkedHashMap<>();
        for (BackendAddressPool pool : gateway.backendAddressPools()) {
            if (pool.backendAddresses().isEmpty()) {
                pools.put(pool.name(), new ArrayList<>(List.of(nextBackend())));
            }
        }
        return pools;
    }

    /** A member is dialled at the port of each settings that a target pairs its pool with. */
    private Map<String, Object> addresses() {
        Map<String, Set<Integer>> ports = new LinkedHashMap<>();
        for (Target.Forward target : forwards()) {
            for (BackendAddress member : target.pool().backendAddresses()) {
                ports.computeIfAbsent(member.host().toLowerCase(Locale.ROOT), host -> new LinkedHashSet<>())
                        .add(target.settings().port());
            }
        }
        Map<String, Object> addresses = new LinkedHashMap<>();
        ports.forEach((host, own) -> {
            if (own.size() == 1) {
                addresses.put(host, nextBackend());
            } else {
                own.forEach(port -> addresses.put(new BackendAddress(host, port).toString(), nextBackend()));
            }
        });
        return addresses;
    }

    private List<Target.Forward> forwards() {
        List<Target.Forward> forwards = new ArrayList<>();
        for (RequestRoutingRule rule : gateway.requestRoutingRules()) {
            add(rule.target(), forwards);
            @Nullable UrlPathMap map = rule.urlPathMap();
            if (map != null) {
                add(map.defaultTarget(), forwards);
                for (PathRule pathRule : map.pathRules()) {
                    add(pathRule.target(), forwards);
                }
            }
        }
        return forwards;
    }

    private static void add(@Nullable Target target, List<Target.Forward> into) {
        if (target instanceof Target.Forward forward) {
            into.add(forward);
        }
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
        String address = "127.0.0.1:" + nextPort;
        nextPort++;
        return address;
    }

    /** Walks to the last step and puts the value there; what stands on the way is kept. */
    @SuppressWarnings("unchecked") // the tree holds only what this method and machine() put there
    private static void fill(Map<String, Object> file, List<String> path, Object value) {
        Object current = file;
        for (int i = 0; i < path.size(); i++) {
            boolean isLast = i == path.size() - 1;
            Object next = isLast ? value : isIndex(path.get(i + 1)) ? new ArrayList<>() : new LinkedHashMap<>();
            Optional<Object> there = current instanceof List
                    ? inArray((List<Object>) current, next)
                    : inObject((Map<String, Object>) current, path.get(i), next);
            if (isLast || !(there.orElse("") instanceof Map || there.orElse("") instanceof List)) {
                return;
            }
            current = there.orElseThrow();
        }
    }

    private static Optional<Object> inArray(List<Object> array, Object next) {
        if (array.isEmpty()) {
            array.add(next);
        }
        return Optional.of(array.get(0));
    }

    private static Optional<Object> inObject(Map<String, Object> object, String key, Object next) {
        object.putIfAbsent(key, next);
        return Optional.ofNullable(object.get(key));
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.chars().allMatch(Character::isDigit);
    }
}
