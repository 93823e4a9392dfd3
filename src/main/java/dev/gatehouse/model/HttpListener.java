package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where requests enter: a frontend, a port, a protocol and, for multi-site, host names (section 4.4). Takes HTTP and
 * WebSocket alike; there is no switch for the latter (WS-1). Immutable.
 *
 * @param name unique name
 * @param frontendIpConfiguration the frontend it listens on
 * @param frontendPort the port it listens on
 * @param protocol Http or Https; default Https if a certificate is named, else Http
 * @param hostNames host names it answers for, lower case, with wildcards {@code *} and {@code ?} (CFG-20); empty makes
 *     it a basic listener, which takes any host
 * @param sslCertificate the certificate of an Https listener
 * @param requireServerNameIndication default false; decides only on v1 gateways
 * @param sslProfile policy and mutual TLS of an Https listener, absent for the gateway's policy
 * @param customErrorPages its own pages; if there are any, they replace those of the gateway (REQ-48)
 */
public record HttpListener(
        String name,
        FrontendIpConfiguration frontendIpConfiguration,
        FrontendPort frontendPort,
        Protocol protocol,
        List<String> hostNames,
        @Nullable SslCertificate sslCertificate,
        boolean requireServerNameIndication,
        @Nullable SslProfile sslProfile,
        List<CustomErrorPage> customErrorPages) {
    public HttpListener {
        Checks.named("httpListeners.name", name);
        hostNames = List.copyOf(hostNames);
        customErrorPages = List.copyOf(customErrorPages);
    }

    /**
     * A listener without a TLS profile and error pages of its own.
     *
     * @param name unique name
     * @param frontendIpConfiguration the frontend it listens on
     * @param frontendPort the port it listens on
     * @param protocol Http or Https
     * @param hostNames lower case; empty makes it a basic listener
     * @param sslCertificate the certificate of an Https listener
     * @param requireServerNameIndication decides only on v1 gateways
     */
    public HttpListener(
            String name,
            FrontendIpConfiguration frontendIpConfiguration,
            FrontendPort frontendPort,
            Protocol protocol,
            List<String> hostNames,
            @Nullable SslCertificate sslCertificate,
            boolean requireServerNameIndication) {
        this(
                name,
                frontendIpConfiguration,
                frontendPort,
                protocol,
                hostNames,
                sslCertificate,
                requireServerNameIndication,
                null,
                List.of());
    }

    /**
     * Whether it takes requests for any host.
     *
     * @return true if no host name is configured
     */
    public boolean isBasic() {
        return hostNames.isEmpty();
    }

    /**
     * Whether it takes only clients that show a certificate (TLS-31).
     *
     * @return true if its profile says so
     */
    public boolean needsClientCertificate() {
        return sslProfile != null && sslProfile.clientAuthentication().mode() == ClientAuthentication.Mode.STRICT;
    }

    /**
     * Whether its clients are asked for a certificate, needed or not.
     *
     * @return true if its profile says so
     */
    public boolean asksForClientCertificate() {
        return sslProfile != null && sslProfile.clientAuthentication().mode() != ClientAuthentication.Mode.OFF;
    }
}
