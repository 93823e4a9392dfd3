package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Picks the gateway to serve among those found (CFG-4). Stateless. */
final class GatewayChoice {
    private GatewayChoice() {}

    /** The only gateway, or the one asked for; otherwise a problem that says what there is. */
    static Optional<GatewayFinder.Candidate> choose(
            List<GatewayFinder.Candidate> found, Optional<String> wanted, Absence absence, Problems problems) {
        if (found.isEmpty()) {
            absence.report(problems);
            return Optional.empty();
        }
        return wanted.isPresent() ? named(found, wanted.get(), problems) : only(found, problems);
    }

    /** How each is called on the command line: by name, and by its number among those of the same name. */
    static List<String> labels(List<GatewayFinder.Candidate> found) {
        List<String> labels = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (GatewayFinder.Candidate candidate : found) {
            int number = counts.merge(ObjectNode.fold(candidate.name()), 1, Integer::sum);
            labels.add(number == 1 ? candidate.name() : candidate.name() + '#' + number);
        }
        return labels;
    }

    private static Optional<GatewayFinder.Candidate> named(
            List<GatewayFinder.Candidate> found, String name, Problems problems) {
        List<String> labels = labels(found);
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).equalsIgnoreCase(name)) {
                return Optional.of(found.get(i));
            }
        }
        problems.error(
                "CFG-4",
                Kind.SHAPE,
                found.get(0).node().place(),
                "no gateway is named " + Wording.quote(name) + Wording.known(labels) + ".",
                "Correct the name.");
        return Optional.empty();
    }

    private static Optional<GatewayFinder.Candidate> only(List<GatewayFinder.Candidate> found, Problems problems) {
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        List<String> labels = labels(found);
        problems.error(
                "CFG-4",
                Kind.SHAPE,
                found.get(1).node().place(),
                "there are " + found.size() + " gateways: " + Wording.list(labels) + ".",
                "Choose one, for example with --gateway " + Wording.quote(labels.get(0)) + ".");
        return Optional.empty();
    }
}
