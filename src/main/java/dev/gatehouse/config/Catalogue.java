package dev.gatehouse.config;

import static dev.gatehouse.config.Form.FLAG;
import static dev.gatehouse.config.Form.MEMBER;
import static dev.gatehouse.config.Form.OUTSIDE;
import static dev.gatehouse.config.Form.SECRET;
import static dev.gatehouse.config.Form.TEXT;
import static dev.gatehouse.config.Form.WHOLE;
import static dev.gatehouse.config.Form.choice;
import static dev.gatehouse.config.Form.named;
import static dev.gatehouse.config.Form.plain;
import static dev.gatehouse.config.Form.property;
import static dev.gatehouse.config.Form.reference;
import static dev.gatehouse.config.Form.several;
import static dev.gatehouse.config.Form.with;

import dev.gatehouse.config.Form.Property;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * The objects of section 4 with their properties in Azure's spelling and order, and the values that hold where a file is
 * silent. What it does not name is kept as written. Stateless.
 */
final class Catalogue {
    /** What ARM keeps beside {@code properties} of the gateway itself; everything else belongs inside. */
    static final List<String> ENVELOPE = List.of("location", "tags", "zones", "identity", "apiVersion");

    private static final Form HTTP = choice("Http", "Https", "Tcp", "Tls");
    private static final Form SWITCH = choice("Enabled", "Disabled");

    private static final Form ERROR_PAGES = several(plain(
            property(
                    "statusCode",
                    choice(
                            "HttpStatus400",
                            "HttpStatus403",
                            "HttpStatus404",
                            "HttpStatus405",
                            "HttpStatus408",
                            "HttpStatus499",
                            "HttpStatus500",
                            "HttpStatus502",
                            "HttpStatus503",
                            "HttpStatus504")),
            property("customErrorPageUrl", TEXT)));

    private static final Form FRONTEND = named(
            property("privateIPAddress", TEXT),
            property("privateIPAllocationMethod", choice("Dynamic", "Static")),
            property("publicIPAddress", OUTSIDE),
            property("subnet", OUTSIDE),
            property("privateLinkConfiguration", reference("privateLinkConfigurations")));

    private static final Form LISTENER = named(
            property("frontendIPConfiguration", reference("frontendIPConfigurations")),
            property("frontendPort", reference("frontendPorts")),
            property("protocol", HTTP, Catalogue::protocolOfListener),
            property("hostName", TEXT),
            property("hostNames", several(TEXT)),
            property("sslCertificate", reference("sslCertificates")),
            property("sslProfile", reference("sslProfiles")),
            property("requireServerNameIndication", FLAG, "false"),
            property("customErrorConfigurations", ERROR_PAGES),
            property("firewallPolicy", OUTSIDE));

    private static final Form KEY = named(
            property("keyVaultSecretId", TEXT),
            property("publicCertData", TEXT, PublicChain::of),
            property("data", SECRET),
            property("password", SECRET));

    /** A certificate without key: public. */
    private static final Form CERTIFICATE = named(property("keyVaultSecretId", TEXT), property("data", TEXT));

    private static final Form POLICY = tlsPolicy();

    private static final Form PROFILE = named(
            property("sslPolicy", POLICY),
            property("trustedClientCertificates", several(reference("trustedClientCertificates"))),
            property(
                    "clientAuthConfiguration",
                    plain(
                            property("verifyClientCertIssuerDN", FLAG),
                            property("verifyClientRevocation", choice("None", "OCSP")),
                            property("verifyClientAuthMode", choice("Strict", "Passthrough")))));

    private static final Form POOL = named(property("backendAddresses", several(MEMBER)));

    private static final Form SETTINGS = named(
            property("port", WHOLE),
            property("protocol", HTTP, Protocol.HTTP.azureName()),
            property("cookieBasedAffinity", SWITCH, "Disabled"),
            property("affinityCookieName", TEXT, Catalogue::nameOfAffinityCookie),
            property("requestTimeout", WHOLE, Long.toString(BackendHttpSettings.DEFAULT_REQUEST_TIMEOUT.toSeconds())),
            property("probe", reference("probes")),
            property("probeEnabled", FLAG),
            property("authenticationCertificates", several(reference("authenticationCertificates"))),
            property("trustedRootCertificates", several(reference("trustedRootCertificates"))),
            property(
                    "connectionDraining",
                    plain(property("enabled", FLAG, "false"), property("drainTimeoutInSec", WHOLE))),
            property("hostName", TEXT),
            property("pickHostNameFromBackendAddress", FLAG, "false"),
            property("path", TEXT),
            property("dedicatedBackendConnection", FLAG, "false"),
            property("validateCertChainAndExpiry", FLAG, "true"),
            property("validateSNI", FLAG, "true"),
            property("sniName", TEXT));

    private static final Form PROBE = named(
            property("protocol", HTTP),
            property("host", TEXT),
            property("path", TEXT, object -> unlessLayerFour(object, "/")),
            property(
                    "interval",
                    WHOLE,
                    Long.toString(ProbeTiming.DEFAULT.interval().toSeconds())),
            property(
                    "timeout",
                    WHOLE,
                    Long.toString(ProbeTiming.DEFAULT.timeout().toSeconds())),
            property("unhealthyThreshold", WHOLE, Integer.toString(ProbeTiming.DEFAULT.unhealthyThreshold())),
            property("pickHostNameFromBackendHttpSettings", FLAG, object -> unlessLayerFour(object, "false")),
            property("pickHostNameFromBackendSettings", FLAG),
            property("minServers", WHOLE, "0"),
            property("port", WHOLE),
            property("match", plain(property("statusCodes", several(TEXT)), property("body", TEXT))),
            property("enableProbeProxyProtocolHeader", FLAG));

    private static final List<Property> TARGET = List.of(
            property("backendAddressPool", reference("backendAddressPools")),
            property("backendHttpSettings", reference("backendHttpSettingsCollection")),
            property("redirectConfiguration", reference("redirectConfigurations")),
            property("rewriteRuleSet", reference("rewriteRuleSets")),
            property("loadDistributionPolicy", reference("loadDistributionPolicies")));

    private static final List<Property> DEFAULT_TARGET = List.of(
            property("defaultBackendAddressPool", reference("backendAddressPools")),
            property("defaultBackendHttpSettings", reference("backendHttpSettingsCollection")),
            property("defaultRedirectConfiguration", reference("redirectConfigurations")),
            property("defaultRewriteRuleSet", reference("rewriteRuleSets")),
            property("defaultLoadDistributionPolicy", reference("loadDistributionPolicies")));

    private static final Form RULE = named(with(
            List.of(
                    property("ruleType", choice("Basic", "PathBasedRouting", "AdvancedRouting"), "Basic"),
                    property("priority", WHOLE),
                    property("httpListener", reference("httpListeners"))),
            with(
                    TARGET,
                    property("urlPathMap", reference("urlPathMaps")),
                    property("advancedRoutingMap", reference("advancedRoutingMaps")),
                    property("entraJWTValidationConfig", reference("entraJWTValidationConfigs")))));

    private static final Form PATH_MAP = named(with(
            DEFAULT_TARGET,
            property(
                    "pathRules",
                    several(named(with(
                            List.of(property("paths", several(TEXT))),
                            with(TARGET, property("firewallPolicy", OUTSIDE))))))));

    private static final Form REDIRECT = named(
            property("redirectType", choice("Permanent", "Found", "SeeOther", "Temporary")),
            property("targetListener", reference("httpListeners")),
            property("targetUrl", TEXT),
            property("includePath", FLAG, "true"),
            property("includeQueryString", FLAG, "true"));

    private static final List<Property> MATCHER =
            List.of(property("pattern", TEXT), property("ignoreCase", FLAG), property("negate", FLAG));

    private static final Form HEADERS = several(plain(
            property("headerName", TEXT),
            property("headerValue", TEXT),
            property("headerValueMatcher", plain(with(MATCHER)))));

    private static final Form REWRITE_SET = named(property(
            "rewriteRules",
            several(plain(
                    property("name", TEXT),
                    property("ruleSequence", WHOLE, "100"),
                    property("conditions", several(plain(with(List.of(property("variable", TEXT)), with(MATCHER))))),
                    property(
                            "actionSet",
                            plain(
                                    property("requestHeaderConfigurations", HEADERS),
                                    property("responseHeaderConfigurations", HEADERS),
                                    property(
                                            "urlConfiguration",
                                            plain(
                                                    property("modifiedPath", TEXT),
                                                    property("modifiedQueryString", TEXT),
                                                    property("reroute", FLAG, "false")))))))));

    private static final Form DISTRIBUTION = named(
            property("loadDistributionAlgorithm", choice("RoundRobin", "LeastConnections", "IpHash")),
            property(
                    "loadDistributionTargets",
                    several(named(
                            property("backendAddressPool", reference("backendAddressPools")),
                            property("weightPerServer", WHOLE)))));

    private static final Form TOKENS = named(
            property("unAuthorizedRequestAction", choice("Deny", "Allow")),
            property("tenantId", TEXT),
            property("clientId", TEXT),
            property("audiences", several(TEXT)));

    private static final Form CONDITION_SET = named(property(
            "routingConditions",
            several(plain(
                    property("conditionType", choice("Header", "QueryString", "Path", "ClientIP", "Method")),
                    property("propertyName", TEXT),
                    property("propertyValues", several(TEXT)),
                    property("propertyValueMatcher", plain(with(MATCHER)))))));

    private static final Form ROUTING_MAP = named(with(
            DEFAULT_TARGET,
            property(
                    "advancedRoutingRules",
                    several(named(with(
                            List.of(
                                    property("priority", WHOLE),
                                    property("advancedRoutingConditionSet", reference("advancedRoutingConditionSets"))),
                            with(TARGET)))))));

    private static final Form LAYER_FOUR_LISTENER = named(
            property("frontendIPConfiguration", reference("frontendIPConfigurations")),
            property("frontendPort", reference("frontendPorts")),
            property("protocol", HTTP),
            property("sslCertificate", reference("sslCertificates")),
            property("sslProfile", reference("sslProfiles")),
            property("hostNames", several(TEXT)));

    private static final Form LAYER_FOUR_SETTINGS = named(
            property("port", WHOLE),
            property("protocol", HTTP),
            property("timeout", WHOLE),
            property("probe", reference("probes")),
            property("trustedRootCertificates", several(reference("trustedRootCertificates"))),
            property("hostName", TEXT),
            property("pickHostNameFromBackendAddress", FLAG),
            property("enableL4ClientIpPreservation", FLAG));

    private static final Form LAYER_FOUR_RULE = named(
            property("ruleType", choice("Basic")),
            property("priority", WHOLE),
            property("listener", reference("listeners")),
            property("backendAddressPool", reference("backendAddressPools")),
            property("backendSettings", reference("backendSettingsCollection")));

    private static final Form FIREWALL = plain(
            property("enabled", FLAG),
            property("firewallMode", choice("Detection", "Prevention")),
            property("ruleSetType", TEXT),
            property("ruleSetVersion", TEXT),
            property("requestBodyCheck", FLAG),
            property("maxRequestBodySize", WHOLE),
            property("maxRequestBodySizeInKb", WHOLE),
            property("fileUploadLimitInMb", WHOLE));

    /** The properties of the gateway. */
    static final List<Property> GATEWAY = List.of(
            property(
                    "sku",
                    plain(
                            property(
                                    "name",
                                    choice(
                                            "Standard_Small",
                                            "Standard_Medium",
                                            "Standard_Large",
                                            "WAF_Medium",
                                            "WAF_Large",
                                            "Standard_v2",
                                            "WAF_v2",
                                            "Basic",
                                            "Basic_v2",
                                            "Basic_WAF_v2")),
                            property(
                                    "tier",
                                    choice(
                                            "Standard",
                                            "WAF",
                                            "Standard_v2",
                                            "WAF_v2",
                                            "Basic",
                                            "Basic_v2",
                                            "Basic_WAF_v2")),
                            property("capacity", WHOLE),
                            property("family", choice("Generation_1", "Generation_2")))),
            property("autoscaleConfiguration", plain(property("minCapacity", WHOLE), property("maxCapacity", WHOLE))),
            property("enableHttp2", FLAG, "false"),
            property("enableFips", FLAG),
            property("forceFirewallPolicyAssociation", FLAG),
            property("gatewayIPConfigurations", several(named(property("subnet", OUTSIDE)))),
            property("frontendIPConfigurations", several(FRONTEND)),
            property("frontendPorts", several(named(property("port", WHOLE)))),
            property("sslCertificates", several(KEY)),
            property("trustedRootCertificates", several(CERTIFICATE)),
            property("trustedClientCertificates", several(CERTIFICATE)),
            property("authenticationCertificates", several(CERTIFICATE)),
            property("sslPolicy", POLICY),
            property("sslProfiles", several(PROFILE)),
            property("backendAddressPools", several(POOL)),
            property("backendHttpSettingsCollection", several(SETTINGS)),
            property("probes", several(PROBE)),
            property("httpListeners", several(LISTENER)),
            property("redirectConfigurations", several(REDIRECT)),
            property("rewriteRuleSets", several(REWRITE_SET)),
            property("urlPathMaps", several(PATH_MAP)),
            property("requestRoutingRules", several(RULE)),
            property("loadDistributionPolicies", several(DISTRIBUTION)),
            property("entraJWTValidationConfigs", several(TOKENS)),
            property("advancedRoutingConditionSets", several(CONDITION_SET)),
            property("advancedRoutingMaps", several(ROUTING_MAP)),
            property("listeners", several(LAYER_FOUR_LISTENER)),
            property("backendSettingsCollection", several(LAYER_FOUR_SETTINGS)),
            property("routingRules", several(LAYER_FOUR_RULE)),
            property("customErrorConfigurations", ERROR_PAGES),
            property(
                    "globalConfiguration",
                    plain(
                            property("enableRequestBuffering", FLAG),
                            property("enableResponseBuffering", FLAG),
                            property("disableDefaultServerHeaderInResponse", FLAG, "false"))),
            property("webApplicationFirewallConfiguration", FIREWALL),
            property("firewallPolicy", OUTSIDE));

    private Catalogue() {}

    private static Form tlsPolicy() {
        String[] versions = {"TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3"};
        return plain(
                property("policyType", choice("Predefined", "Custom", "CustomV2")),
                property(
                        "policyName",
                        choice(
                                "AppGwSslPolicy20150501",
                                "AppGwSslPolicy20170401",
                                "AppGwSslPolicy20170401S",
                                "AppGwSslPolicy20220101",
                                "AppGwSslPolicy20220101S")),
                property("minProtocolVersion", choice(versions)),
                property("disabledSslProtocols", several(choice(versions))),
                property("cipherSuites", several(TEXT)));
    }

    /** Section 4.4: Https as soon as a certificate is named. */
    private static Optional<String> protocolOfListener(ConfigObject listener) {
        Protocol protocol = listener.reference("sslCertificate").isPresent() ? Protocol.HTTPS : Protocol.HTTP;
        return Optional.of(protocol.azureName());
    }

    private static Optional<String> nameOfAffinityCookie(ConfigObject settings) {
        return settings.text("cookieBasedAffinity")
                .filter("Enabled"::equalsIgnoreCase)
                .map(enabled -> CookieAffinity.OFF.cookieName());
    }

    private static Optional<String> unlessLayerFour(ConfigObject probe, String value) {
        return ProbeReader.isLayerFour(probe) ? Optional.empty() : Optional.of(value);
    }
}
