package dev.gatehouse.model;

import java.util.List;

/**
 * One Application Gateway (section 4.1), read, resolved and valid. Immutable.
 *
 * @param name the resource's name, or {@code gateway}
 * @param id the resource's id as reports name it; with {@link #UNKNOWN_GROUP} in it where the files do not say
 * @param isV1 whether v1 semantics apply (CFG-17); default false
 * @param enableHttp2 HTTP/2 for clients of Https listeners; default false
 * @param globalConfiguration buffering and our {@code Server} header (section 4.15)
 * @param sslCertificates all listener certificates, used or not
 * @param httpListeners all listeners; one that no rule names is not opened (VAL-15)
 * @param backendAddressPools all pools
 * @param backendHttpSettings all settings
 * @param requestRoutingRules in file order
 * @param ruleParts what rules refer to besides these
 * @param customErrorPages pages for listeners that have none of their own (REQ-48)
 * @param tls policy and profiles of Https listeners
 * @param layerFour the layer-4 proxy, which this version reads but does not serve
 */
public record Gateway(
        String name,
        String id,
        boolean isV1,
        boolean enableHttp2,
        GlobalConfiguration globalConfiguration,
        List<SslCertificate> sslCertificates,
        List<HttpListener> httpListeners,
        List<BackendAddressPool> backendAddressPools,
        List<BackendHttpSettings> backendHttpSettings,
        List<RequestRoutingRule> requestRoutingRules,
        RuleParts ruleParts,
        List<CustomErrorPage> customErrorPages,
        TlsConfiguration tls,
        LayerFour layerFour) {
    /** Stands in ids for a subscription and group that nobody named. */
    public static final String UNKNOWN_GROUP =
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/resourceGroup";

    public Gateway {
        Checks.named("name", name);
        Checks.named("id", id);
        sslCertificates = List.copyOf(sslCertificates);
        httpListeners = List.copyOf(httpListeners);
        backendAddressPools = List.copyOf(backendAddressPools);
        backendHttpSettings = List.copyOf(backendHttpSettings);
        requestRoutingRules = List.copyOf(requestRoutingRules);
        customErrorPages = List.copyOf(customErrorPages);
    }

    /**
     * A gateway without rewrites, policies, token checks and error pages.
     *
     * @param name the resource's name
     * @param isV1 whether v1 semantics apply
     * @param enableHttp2 HTTP/2 for clients
     * @param disableDefaultServerHeaderInResponse leave out our {@code Server} header
     * @param sslCertificates all listener certificates
     * @param httpListeners all listeners
     * @param backendAddressPools all pools
     * @param backendHttpSettings all settings
     * @param requestRoutingRules in file order
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
                UNKNOWN_GROUP + "/providers/Microsoft.Network/applicationGateways/" + name,
                isV1,
                enableHttp2,
                new GlobalConfiguration(true, true, disableDefaultServerHeaderInResponse),
                sslCertificates,
                httpListeners,
                backendAddressPools,
                backendHttpSettings,
                requestRoutingRules,
                RuleParts.NONE,
                List.of(),
                TlsConfiguration.DEFAULT,
                LayerFour.NONE);
    }

    /**
     * Whether our {@code Server} header stays out of answers (REQ-47).
     *
     * @return the switch of the global configuration
     */
    public boolean disableDefaultServerHeaderInResponse() {
        return globalConfiguration.disableDefaultServerHeaderInResponse();
    }

    /**
     * The same gateway with other rules.
     *
     * @param rules in file order
     * @return a copy
     */
    public Gateway withRequestRoutingRules(List<RequestRoutingRule> rules) {
        return new Gateway(
                name,
                id,
                isV1,
                enableHttp2,
                globalConfiguration,
                sslCertificates,
                httpListeners,
                backendAddressPools,
                backendHttpSettings,
                rules,
                ruleParts,
                customErrorPages,
                tls,
                layerFour);
    }
}
