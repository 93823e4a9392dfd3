package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** HAProxy with one thread and shared backend connections. */
final class HaProxyPeer implements Peer {
    private static final String NAME = "haproxy";

    // It closes idle backend connections once a quarter of the descriptors that maxconn allows for are open.
    private static final int SPARE_CONNECTIONS = 1000;

    private static final String CONF = """
            global
                nbthread 1
                maxconn %1$d
            defaults
                mode http
                http-reuse always
                option forwardfor
                timeout connect 5s
                timeout client 60s
                timeout server 60s
                timeout tunnel 1h
            frontend front
                bind 127.0.0.1:%2$d%3$s
                default_backend back
            backend back
                server backend 127.0.0.1:%4$d
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> absence() {
        return Tools.find(NAME).isPresent() ? Optional.empty() : Optional.of("not installed");
    }

    @Override
    public List<String> prepare(PeerSite site) throws IOException {
        String tls = site.isTls() ? " ssl crt " + site.keys().pem() : "";
        String conf = CONF.formatted(site.connections() * 2 + SPARE_CONNECTIONS, site.port(), tls, site.backendPort());
        Path file = site.write("haproxy.cfg", conf);
        return List.of(Tools.require(NAME), "-db", "-f", file.toString());
    }
}
