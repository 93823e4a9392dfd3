package dev.gatehouse.config;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GlobalConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One gateway object to its record: collections in the order in which they refer to each other. Confined to one load. */
final class GatewayReader {
    private static final List<String> REQUIRED =
            List.of("frontendIPConfigurations", "frontendPorts", "httpListeners", "requestRoutingRules");

    /** All collections, and the readers that have more to tell. */
    private record Parts(
            Table<FrontendIpConfiguration> frontends,
            TlsTables tls,
            ErrorPageReader pages,
            Table<HttpListener> listeners,
            PoolReader poolReader,
            Table<BackendAddressPool> pools,
            Table<Probe> probes,
            Table<BackendHttpSettings> backendSettings,
            RoutingReader.Routing routing,
            LayerFourTables layerFour) {}

    private final ObjectNode node;
    private final Related related;
    private final String name;
    private final ConfigObject gateway;
    private final LocalFile local;
    private final Path folder;
    private final Surroundings surroundings;
    private final Problems problems;
    private final TableReader tables;
    private final boolean isV1;

    GatewayReader(
            ObjectNode node,
            Related related,
            LocalFile local,
            Path folder,
            Surroundings surroundings,
            TreeOrigins origins,
            Problems problems) {
        this.node = node;
        this.related = related;
        this.name = GatewayFinder.nameOf(node);
        this.gateway = ConfigObject.of(node, problems);
        this.local = local;
        this.folder = folder;
        this.surroundings = surroundings;
        this.problems = problems;
        Optional<String> ownName = node.text("name");
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
        noteTier();
        Parts parts = parts();
        check(parts);
        return gateway(parts);
    }

    private Parts parts() {
        LocalSettings settings = local.settings();
        FrontendReader frontendReader = new FrontendReader(related, problems);
        Table<FrontendIpConfiguration> frontends = tables.read("frontendIPConfigurations", frontendReader::frontend);
        Table<FrontendPort> ports = tables.read("frontendPorts", frontendReader::port);
        TlsTables tls = TlsTables.read(tables, gateway, isV1, settings, surroundings, problems);
        ErrorPageReader pages = new ErrorPageReader(folder, problems);
        Table<HttpListener> listeners = tables.read(
                "httpListeners",
                new ListenerReader(frontends, ports, tls.certificates(), tls.profiles(), pages, problems)::listener);
        PoolReader poolReader = new PoolReader(settings.pools(), problems);
        Table<BackendAddressPool> pools = tables.read("backendAddressPools", poolReader::pool);
        Map<String, ProbeKind> kinds = settings.health().probes();
        Table<Probe> probes = tables.read("probes", new ProbeReader(kinds, problems)::probe);
        Table<BackendHttpSettings> backendSettings = tables.read(
                "backendHttpSettingsCollection", new SettingsReader(probes, kinds, tls, problems)::settings);
        RoutingReader.Routing routing =
                new RoutingReader(tables, isV1, problems).read(listeners, pools, backendSettings);
        LayerFourTables layerFour = LayerFourTables.read(tables, frontends, ports, pools, tls, problems);
        return new Parts(
                frontends, tls, pages, listeners, poolReader, pools, probes, backendSettings, routing, layerFour);
    }

    /** What the parts, each read without fault, must not do to each other. */
    private void check(Parts parts) {
        LocalNames names = new LocalNames(local, problems);
        names.check(parts.pools(), parts.frontends(), parts.tls().certificates());
        names.checkProbes(parts.probes(), parts.backendSettings());
        names.checkSessions(parts.backendSettings(), parts.pools());
        ListenerChecks.check(parts.listeners(), problems);
        SharedSocketChecks.check(parts.listeners(), local.settings().listen(), problems);
        AdminAddressCheck.check(parts.listeners(), local, problems);
        new RuleChecks(parts.routing().rules(), parts.listeners(), problems).check(isV1);
        parts.layerFour().check(parts.listeners(), problems);
        new TlsChecks(parts.tls(), local, surroundings, isV1, problems)
                .check(parts.listeners(), parts.backendSettings(), parts.layerFour());
        LimitChecks.check(gateway, isV1, problems);
        DedicatedChecks.check(parts.backendSettings(), gateway.flag("enableHttp2", false), problems);
        surroundings
                .resolver()
                .ifPresent(resolver -> new NameChecks(resolver, local.settings().addresses(), problems)
                        .check(
                                parts.poolReader().placed(),
                                parts.backendSettings().values()));
        // It looks at what is not read otherwise: an odd value there is no problem of this version.
        UnsupportedFeatures.report(ConfigObject.of(node, new Problems()), related, problems);
    }

    private Gateway gateway(Parts parts) {
        return new Gateway(
                name,
                ResourceIds.gatewayId(node, name, local.scope()),
                isV1,
                gateway.flag("enableHttp2", false),
                globalConfiguration(),
                parts.tls().certificates().values(),
                parts.listeners().values(),
                parts.pools().values(),
                parts.backendSettings().values(),
                parts.routing().rules().values(),
                parts.routing().parts(),
                parts.pages().pages(gateway),
                parts.tls().configuration(),
                parts.layerFour().layerFour());
    }

    private GlobalConfiguration globalConfiguration() {
        return gateway.object("globalConfiguration")
                .map(global -> new GlobalConfiguration(
                        global.flag("enableRequestBuffering", true),
                        global.flag("enableResponseBuffering", true),
                        global.flag("disableDefaultServerHeaderInResponse", false)))
                .orElse(GlobalConfiguration.DEFAULT);
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

    /** CFG-17: the tier decides the order of rules without priorities, and the status of a time-out. */
    private void noteTier() {
        Node sku = gateway.get("sku").orElse(node);
        boolean isOpen = sku instanceof OpenNode
                || (sku instanceof ObjectNode object && object.get("tier").orElse(node) instanceof OpenNode);
        if (isOpen) {
            problems.warn(
                    "CFG-17",
                    Kind.BINDING,
                    gateway.placeOf("sku"),
                    "the tier is not known; the gateway is served as v2.",
                    "Supply the parameter that names it.");
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
