package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.SslCertificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A local file that a gateway could start with on this machine (product.md section 3): unprivileged ports, a loopback
 * address for every backend, a self-signed key for every certificate without one, and a blank for everything that only
 * Azure or the user knows. Confined to one suggestion.
 */
final class LocalSuggestion {
    private static final String LOOPBACK = "127.0.0.";
    private static final int FIRST_HOST = 1;
    private static final int FIRST_BACKEND_PORT = 9001;
    private static final int HIGHEST_PRIVILEGED = 1023;
    private static final int HIGHEST_PORT = 65535;
    private static final int SHIFT = 8000;

    private final Gateway gateway;
    private final ObjectNode node;
    private final DialledPorts dialledPorts;
    private final Set<Integer> taken;
    private int nextPort = FIRST_BACKEND_PORT;

    /** For a gateway as it was read, and as it stands in the file: what a blank kept from being read is there alone. */
    LocalSuggestion(Gateway gateway, ObjectNode node) {
        this.gateway = gateway;
        this.node = node;
        this.dialledPorts = new DialledPorts(gateway);
        this.taken = frontendPorts();
    }

    /** Everything but the {@link Blanks}. */
    Map<String, Object> machine() {
        Map<String, Object> file = new LinkedHashMap<>();
        Map<String, Object> listen = new LinkedHashMap<>();
        listen.put("address", LOOPBACK + FIRST_HOST);
        put(listen, "ports", ports());
        put(listen, "frontends", frontends());
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

    /** Frontends that share a port get an address each; on one address only one of them would be reached (CFG-19). */
    private Map<String, Object> frontends() {
        Map<Integer, Set<String>> names = new LinkedHashMap<>();
        for (HttpListener listener : gateway.httpListeners()) {
            names.computeIfAbsent(listener.frontendPort().port(), port -> new LinkedHashSet<>())
                    .add(listener.frontendIpConfiguration().name());
        }
        Set<String> sharing = new LinkedHashSet<>();
        names.values().stream().filter(own -> own.size() > 1).forEach(sharing::addAll);
        Map<String, Object> frontends = new LinkedHashMap<>();
        for (String name : sharing) {
            frontends.put(name, LOOPBACK + (FIRST_HOST + frontends.size()));
        }
        return frontends;
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
                        .addAll(dialledPorts.of(member, pool));
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
        return LOOPBACK + FIRST_HOST + ":" + nextPort;
    }
}
