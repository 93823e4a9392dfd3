package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** nginx as its manual recommends it for keep-alive upstreams and WebSocket; the measure of all others. */
final class NginxPeer implements Peer {
    static final String NAME = "nginx";

    // proxy_request_buffering is off because every other peer streams request bodies;
    // keepalive_requests would end each connection after 1000 requests.
    private static final String CONF = """
            %1$sworker_processes 1;
            worker_rlimit_nofile %2$d;
            pid %3$s/nginx.pid;
            error_log stderr warn;
            daemon off;
            events { worker_connections %2$d; }
            http {
                access_log off;
                client_body_temp_path %3$s/body;
                proxy_temp_path %3$s/proxy;
                fastcgi_temp_path %3$s/fastcgi;
                uwsgi_temp_path %3$s/uwsgi;
                scgi_temp_path %3$s/scgi;
                keepalive_requests 1000000000;
                upstream backend {
                    server 127.0.0.1:%4$d;
                    keepalive %5$d;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:%6$d%7$s;
                    location / {
                        proxy_pass http://backend;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto $scheme;
                        proxy_request_buffering off;
                    }
                    location /ws {
                        proxy_pass http://backend;
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection "upgrade";
                        proxy_set_header Host $host;
                    }
                }
            }
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
        // Its worker would become "nobody", who cannot write below our folder.
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        String tls = site.isTls()
                ? " ssl;\n        ssl_certificate %s;\n        ssl_certificate_key %s"
                        .formatted(site.keys().pem(), site.keys().pem())
                : "";
        String conf = CONF.formatted(
                user,
                site.connections() * 2 + 100,
                site.folder(),
                site.backendPort(),
                site.connections(),
                site.port(),
                tls);
        Path file = site.write("nginx.conf", conf);
        return List.of(
                Tools.require(NAME),
                "-c",
                file.toString(),
                "-e",
                "stderr",
                "-p",
                site.folder().toString());
    }
}
