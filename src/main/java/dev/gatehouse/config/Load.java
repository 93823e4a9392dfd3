package dev.gatehouse.config;

import dev.gatehouse.document.Need;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.template.LinkedTemplates;
import dev.gatehouse.template.TemplateInputs;
import dev.gatehouse.template.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One load, from trees to a result: the local file first, since it closes what templates leave open; then the gateways
 * of all files, the one to serve, and its records. Used once.
 */
record Load(
        List<TreeReader.Tree> trees,
        Optional<ObjectNode> local,
        Path localFolder,
        List<ObjectNode> parameterFiles,
        Map<String, String> parameters,
        Optional<String> wanted,
        LinkedTemplates linked,
        Path folder,
        Surroundings surroundings,
        Problems problems) {
    private static final List<String> COUNTED = List.of(
            "frontendIPConfigurations",
            "frontendPorts",
            "httpListeners",
            "requestRoutingRules",
            "urlPathMaps",
            "redirectConfigurations",
            "backendAddressPools",
            "backendHttpSettingsCollection",
            "probes",
            "sslCertificates",
            "trustedRootCertificates",
            "rewriteRuleSets");

    /**
     * What came of it.
     *
     * @param result for the caller
     * @param chosen the gateway as a tree, if one was chosen
     * @param gateway its records, without those that have problems
     */
    record Outcome(LoadResult result, Optional<GatewayFinder.Candidate> chosen, Optional<Gateway> gateway) {}

    Outcome run(String localName) {
        TreeOrigins origins = new TreeOrigins();
        local.ifPresent(origins::addLocal);
        LocalFile settings = local.map(root -> new LocalFileReader(root, localFolder, problems).read())
                .orElse(LocalFile.ABSENT);
        if (trees.isEmpty()) {
            LoadResult nothing = new LoadResult(
                    Optional.empty(), problems.sorted(localName), "unknown", List.of(), origins, Optional.empty());
            return new Outcome(nothing, Optional.empty(), Optional.empty());
        }
        GivenParameters given = new GivenParameters(parameters, settings.parameters(), parameterFiles);
        Templates templates = new Templates(
                new TemplateInputs(given.sources(), settings.scope(), settings.references(), linked, problems));
        List<GatewayFinder.Found> found =
                trees.stream().map(tree -> GatewayFinder.find(tree, templates)).toList();
        if (templates.hasExpanded()) {
            given.warnOfUnknown(templates.declaredParameters(), problems);
        }
        List<GatewayFinder.Candidate> gateways = new GatewayMerger(problems).merge(found);
        Absence absence = new Absence(trees.get(0).root(), templates.switchedOff(), linked.missing());
        Optional<GatewayFinder.Candidate> choice = GatewayChoice.choose(gateways, wanted, absence, problems);
        Optional<Gateway> read = choice.map(chosen -> new GatewayReader(
                        chosen.node(),
                        new Related(chosen.template()),
                        settings,
                        folder,
                        surroundings,
                        origins,
                        problems)
                .read());
        Optional<GatewayConfiguration> configuration = read.filter(whole -> !problems.hasErrors())
                .map(whole -> new GatewayConfiguration(whole, settings.settings()));
        hintAtParameterFile();
        LoadResult result = new LoadResult(
                configuration,
                problems.sorted(localName),
                found.get(0).shape(),
                summaries(gateways),
                origins,
                choice.map(GatewayFinder.Candidate::node));
        return new Outcome(result, choice, read);
    }

    /** Whoever lacks parameters while their file lies beside the template has most likely forgotten to name it. */
    private void hintAtParameterFile() {
        boolean lacks = problems.needs().stream().anyMatch(need -> need.kind() == Need.Kind.PARAMETER);
        String template = trees.get(0).root().place().file();
        Path beside = Path.of(template.replaceFirst("(?i)\\.json$", "") + ".parameters.json");
        if (lacks && parameterFiles.isEmpty() && Files.isRegularFile(beside)) {
            problems.info(
                    "CFG-1",
                    Kind.BINDING,
                    trees.get(0).root().place(),
                    "parameters are missing, and a parameter file lies beside the template.",
                    "Add --parameters " + beside + ".");
        }
    }

    private static List<LoadResult.Summary> summaries(List<GatewayFinder.Candidate> gateways) {
        // Counting is no reading: its problems, if any, are found again there.
        Problems unused = new Problems();
        return gateways.stream()
                .map(candidate ->
                        new LoadResult.Summary(candidate.name(), counts(ConfigObject.of(candidate.node(), unused))))
                .toList();
    }

    private static Map<String, Integer> counts(ConfigObject gateway) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : COUNTED) {
            int size = gateway.array(name).size();
            if (size > 0) {
                counts.put(name, size);
            }
        }
        return counts;
    }
}
