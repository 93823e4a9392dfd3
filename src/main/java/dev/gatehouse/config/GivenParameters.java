package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Template parameters from all sources in their order of precedence: the command line, the local file, parameter files
 * (arm-in-the-wild.md section 7). Confined to one load.
 */
final class GivenParameters {
    private final List<ObjectNode> sources = new ArrayList<>();

    GivenParameters(Map<String, String> commandLine, Optional<ObjectNode> local, List<ObjectNode> files) {
        sources.add(commandLine(commandLine));
        local.map(GivenParameters::parametersIn).ifPresent(sources::add);
        files.stream().map(GivenParameters::parametersIn).forEach(sources::add);
    }

    /** Strongest first, each in a parameter file's form. */
    List<ObjectNode> sources() {
        return List.copyOf(sources);
    }

    /** Names that no template declares: most likely slips of the pen. */
    void warnOfUnknown(Set<String> declared, Problems problems) {
        Set<String> folded = declared.stream().map(ObjectNode::fold).collect(Collectors.toSet());
        for (ObjectNode source : sources) {
            for (Member given : source.members()) {
                if (!folded.contains(ObjectNode.fold(given.name()))) {
                    problems.warn(
                            "CFG-1",
                            Kind.UNUSED,
                            given.place(),
                            "the template declares no parameter " + Wording.quote(given.name())
                                    + Wording.known(declared) + ".",
                            "Correct the name, or leave it out.");
                }
            }
        }
    }

    /** Whether a file is a parameter file: its schema says so, or it holds nothing but parameters with values. */
    static boolean isParameterFile(ObjectNode root) {
        boolean saysSo = root.text("$schema")
                .filter(schema -> schema.toLowerCase(Locale.ROOT).contains("deploymentparameters"))
                .isPresent();
        return saysSo && root.object("parameters").isPresent();
    }

    private static ObjectNode parametersIn(ObjectNode root) {
        return root.object("parameters")
                .filter(inner -> inner.get("value").isEmpty())
                .orElse(root);
    }

    private static ObjectNode commandLine(Map<String, String> parameters) {
        Map<String, Member> members = new LinkedHashMap<>();
        parameters.forEach((name, text) -> {
            Place place = Place.wholeFile("--param " + name);
            ScalarNode value = new ScalarNode(place, ScalarNode.Type.TEXT, text);
            ObjectNode entry = new ObjectNode(place, Map.of("value", new Member("value", place, value)));
            members.put(ObjectNode.fold(name), new Member(name, place, entry));
        });
        return new ObjectNode(Place.wholeFile("--param"), members);
    }
}
