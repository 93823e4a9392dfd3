package dev.gatehouse.model;

import java.util.List;

/**
 * One Application Gateway (section 4.1), read, resolved and valid. Immutable.
 *
 * @param name the resource's name, or {@code gateway}
 * @param isV1 whether v1 semantics apply (CFG-17); default false
 * @param enableHttp2 HTTP/2 for clients of Https listeners; default false
 * @param disableDefaultServerHeaderInResponse leave out our {@code Server} header (REQ-47); default false
 * @param sslCertificates all listener certificates, used or not
 * @param httpListeners all listeners; one that no rule names is not opened (VAL-15)
 * @param backendAddressPools all pools
 * @param backendHttpSettings all settings
 * @param requestRoutingRules in file order
 * @param tls policy and profiles of Https listeners
 * @param layerFour the layer-4 proxy, which this version reads but does not serve
 */
public record Gateway(
        String name,
        boolean isV1,
        boolean enableHttp2,
        boolean disableDefaultServerHeaderInResponse,
        List<SslCertificate> sslCertificates,
        List<HttpListener> httpListeners,
        List<BackendAddressPool> backendAddressPools,
        List<BackendHttpSettings> backendHttpSettings,
        List<RequestRoutingRule> requestRoutingRules,
        TlsConfiguration tls,
        LayerFour layerFour) {
    public Gateway {
        Checks.named("name", name);
        sslCertificates = List.copyOf(sslCertificates);
        httpListeners = List.copyOf(httpListeners);
        backendAddressPools = List.copyOf(backendAddressPools);
        backendHttpSettings = List.copyOf(backendHttpSettings);
        requestRoutingRules = List.copyOf(requestRoutingRules);
    }

    /**
     * A gateway of HTTP alone, with the default TLS policy.
     *
     * @param name as above
     * @param isV1 as above
     * @param enableHttp2 as above
     * @param disableDefaultServerHeaderInResponse as above
     * @param sslCertificates as above
     * @param httpListeners as above
     * @param backendAddressPools as above
     * @param backendHttpSettings as above
     * @param requestRoutingRules as above
     */
    public Gateway(
            String name,
            boolean isV1,
            boolean enableHttp2,
            boolean disableDefaultServerHeaderInResponse,
            List<SslCertificate> sslCertificates,
            List<HttpListener> httpListeners,
            List<BackendAddressPool> backendAddressPools,
            List<BackendHttpSettings> backendHttpSettings,
            List<RequestRoutingRule> requestRoutingRules) {
        this(
                name,
                isV1,
                enableHttp2,
                disableDefaultServerHeaderInResponse,
                sslCertificates,
                httpListeners,
                backendAddressPools,
                backendHttpSettings,
                requestRoutingRules,
                TlsConfiguration.DEFAULT,
                LayerFour.NONE);
    }

    /**
     * The same gateway with other rules.
     *
     * @param rules what replaces them
     * @return a copy
     */
    public Gateway withRequestRoutingRules(List<RequestRoutingRule> rules) {
        return new Gateway(
                name,
                isV1,
                enableHttp2,
                disableDefaultServerHeaderInResponse,
                sslCertificates,
                httpListeners,
                backendAddressPools,
                backendHttpSettings,
                rules,
                tls,
                layerFour);
    }
}
