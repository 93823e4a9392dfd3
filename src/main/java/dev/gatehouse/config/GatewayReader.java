package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.RedirectConfiguration;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.TrustedRootCertificate;
import dev.gatehouse.model.UrlPathMap;
import java.util.List;
import java.util.Optional;

/** One gateway object to its record: collections in the order in which they refer to each other. Confined to one load. */
final class GatewayReader {
    private static final List<String> REQUIRED =
            List.of("frontendIPConfigurations", "frontendPorts", "httpListeners", "requestRoutingRules");

    private final ObjectNode node;
    private final String name;
    private final ConfigObject gateway;
    private final LocalFile local;
    private final Problems problems;
    private final TableReader tables;
    private final boolean isV1;

    GatewayReader(ObjectNode node, LocalFile local, TreeOrigins origins, Problems problems) {
        this.node = node;
        this.name = GatewayFinder.nameOf(node);
        this.gateway = ConfigObject.of(node, problems);
        this.local = local;
        this.problems = problems;
        Optional<String> ownName = node.text("name").filter(text -> !Expressions.isExpression(text));
        this.tables = new TableReader(gateway, ownName, origins, problems);
        this.isV1 = gateway.get("sku")
                .filter(ObjectNode.class::isInstance)
                .map(sku -> ConfigObject.of((ObjectNode) sku, problems))
                .flatMap(sku -> sku.replaceableText("tier"))
                .filter(tier -> tier.equalsIgnoreCase("Standard") || tier.equalsIgnoreCase("WAF"))
                .isPresent(); // CFG-17
    }

    /** The gateway; a record without its faulty parts if problems hold errors. */
    Gateway read() {
        if (!gateway.isOpen()) {
            requireCollections();
        }
        noteState();
        LocalSettings settings = local.settings();
        FrontendReader frontendReader = new FrontendReader(problems);
        CertificateReader keys = new CertificateReader(settings, problems);
        Table<FrontendIpConfiguration> frontends = tables.read("frontendIPConfigurations", frontendReader::frontend);
        Table<FrontendPort> ports = tables.read("frontendPorts", frontendReader::port);
        Table<SslCertificate> certificates = tables.read("sslCertificates", keys::certificate);
        Table<HttpListener> listeners = tables.read(
                "httpListeners", new ListenerReader(frontends, ports, certificates, keys, problems)::listener);
        Table<BackendAddressPool> pools =
                tables.read("backendAddressPools", new PoolReader(settings.pools(), problems)::pool);
        Table<BackendHttpSettings> backendSettings = backendSettings(keys);
        Table<RequestRoutingRule> rules = rules(listeners, pools, backendSettings);

        new LocalNames(local, problems).check(pools, frontends, certificates);
        ListenerChecks.check(listeners, problems);
        new RuleChecks(rules, listeners, problems).check(isV1);
        LimitChecks.check(gateway, problems);
        // It looks at what is not read otherwise: an odd value there is no problem of this version.
        UnsupportedFeatures.report(ConfigObject.of(node, new Problems()), problems);
        boolean hidesServer = gateway.object("globalConfiguration")
                .map(global -> global.flag("disableDefaultServerHeaderInResponse", false))
                .orElse(false);
        return new Gateway(
                name,
                isV1,
                gateway.flag("enableHttp2", false),
                hidesServer,
                certificates.values(),
                listeners.values(),
                pools.values(),
                backendSettings.values(),
                rules.values());
    }

    private Table<BackendHttpSettings> backendSettings(CertificateReader keys) {
        Table<TrustedRootCertificate> roots = tables.read("trustedRootCertificates", keys::root);
        Table<Probe> probes = tables.read("probes", new ProbeReader(problems)::probe);
        return tables.read("backendHttpSettingsCollection", new SettingsReader(probes, roots, problems)::settings);
    }

    private Table<RequestRoutingRule> rules(
            Table<HttpListener> listeners, Table<BackendAddressPool> pools, Table<BackendHttpSettings> settings) {
        Table<RedirectConfiguration> redirects =
                tables.read("redirectConfigurations", new RedirectReader(listeners, problems)::redirect);
        TargetReader targets = new TargetReader(pools, settings, redirects, problems);
        Table<UrlPathMap> maps = tables.read("urlPathMaps", new PathMapReader(targets, tables, isV1, problems)::map);
        return tables.read("requestRoutingRules", new RuleReader(listeners, maps, targets, problems)::rule);
    }

    private void requireCollections() {
        for (String collection : REQUIRED) {
            boolean isEmpty = gateway.get(collection)
                    .map(node ->
                            node instanceof ArrayNode array && array.elements().isEmpty())
                    .orElse(true);
            if (isEmpty) {
                problems.error(
                        "MISSING",
                        Kind.MISSING,
                        gateway.placeOf(collection),
                        "the gateway " + Wording.quote(name) + " has none, so nothing can be served.",
                        "Add at least one to " + collection + ".");
            }
        }
    }

    private void noteState() {
        gateway.replaceableText("operationalState")
                .filter("Stopped"::equalsIgnoreCase)
                .ifPresent(state -> problems.info(
                        "CFG-11",
                        Kind.UNUSED,
                        gateway.placeOf("operationalState"),
                        "the gateway was stopped when it was exported; here it is served all the same.",
                        "Nothing to do."));
    }
}
