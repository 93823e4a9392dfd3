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
        List<RequestRoutingRule> requestRoutingRules) {
    public Gateway {
        Checks.named("name", name);
        sslCertificates = List.copyOf(sslCertificates);
        httpListeners = List.copyOf(httpListeners);
        backendAddressPools = List.copyOf(backendAddressPools);
        backendHttpSettings = List.copyOf(backendHttpSettings);
        requestRoutingRules = List.copyOf(requestRoutingRules);
    }
}
