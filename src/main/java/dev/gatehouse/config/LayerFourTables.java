package dev.gatehouse.config;

import dev.gatehouse.document.Problems;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LayerFour;
import dev.gatehouse.model.LayerFour.BackendSettings;
import dev.gatehouse.model.LayerFour.Listener;
import dev.gatehouse.model.LayerFour.Probe;
import dev.gatehouse.model.LayerFour.RoutingRule;
import java.util.Comparator;

/**
 * The layer-4 proxy of one gateway, read (section 4.19). Confined to one load.
 *
 * @param listeners where connections enter
 * @param settings how backends are spoken to
 * @param rules from the former to pools
 */
record LayerFourTables(Table<Listener> listeners, Table<BackendSettings> settings, Table<RoutingRule> rules) {
    static LayerFourTables read(
            TableReader tables,
            Table<FrontendIpConfiguration> frontends,
            Table<FrontendPort> ports,
            Table<BackendAddressPool> pools,
            TlsTables tls,
            Problems problems) {
        LayerFourReader reader = new LayerFourReader(frontends, ports, tls, problems);
        LayerFourSettingsReader settingsReader = new LayerFourSettingsReader(tls.roots(), problems);
        Table<Listener> listeners = tables.read("listeners", reader::listener);
        Table<Probe> probes = tables.read("probes", settingsReader::probe);
        Table<BackendSettings> settings = tables.read(
                "backendSettingsCollection", (name, object) -> settingsReader.settings(name, object, probes));
        Table<RoutingRule> rules =
                tables.read("routingRules", (name, object) -> reader.rule(name, object, listeners, pools, settings));
        return new LayerFourTables(listeners, settings, rules);
    }

    void check(Table<HttpListener> http, Problems problems) {
        new LayerFourChecks(problems).check(listeners, rules, http);
    }

    LayerFour layerFour() {
        return new LayerFour(
                listeners.values(),
                settings.values(),
                rules.values().stream()
                        .sorted(Comparator.comparingInt(RoutingRule::priority))
                        .toList());
    }
}
