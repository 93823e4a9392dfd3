package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.model.Protocol;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Custom probes (section 4.9). Confined to one load. */
final class ProbeReader {
    private static final int DAY = 86_400;
    private static final int LONGEST_BODY = 4090;

    private final Map<String, ProbeKind> kinds;
    private final Problems problems;

    /** Kinds are those of the local file, by name in lower case. */
    ProbeReader(Map<String, ProbeKind> kinds, Problems problems) {
        this.kinds = kinds;
        this.problems = problems;
    }

    Optional<Probe> probe(String name, ConfigObject object) {
        if (isLayerFour(object)) {
            return Optional.empty();
        }
        object.require("protocol");
        Optional<Protocol> protocol = object.choice("protocol", Protocols.BY_NAME);
        Optional<String> path = path(object);
        boolean picks = object.flag("pickHostNameFromBackendHttpSettings", false);
        Optional<String> host = host(object, picks);
        ProbeTiming timing = timing(object);
        int minServers = object.integer("minServers", 0, Integer.MAX_VALUE).orElse(0);
        Optional<Integer> port = object.integer("port", 1, 65535);
        ProbeMatch match = match(object);
        ProbeKind kind = kinds.getOrDefault(ObjectNode.fold(name), ProbeKind.HTTP);
        return protocol.flatMap(speaks -> path.map(asks -> new Probe(
                name, speaks, host.orElse(null), asks, timing, picks, minServers, port.orElse(null), match, kind)));
    }

    /** Probes of the layer-4 proxy; nothing that is served refers to them. */
    static boolean isLayerFour(ConfigObject object) {
        return object.text("protocol")
                .filter(protocol -> protocol.equalsIgnoreCase("Tcp") || protocol.equalsIgnoreCase("Tls"))
                .isPresent();
    }

    static ProbeTiming timing(ConfigObject object) {
        return new ProbeTiming(
                Duration.ofSeconds(object.integer("interval", 1, DAY).orElse(30)),
                Duration.ofSeconds(object.integer("timeout", 1, DAY).orElse(30)),
                object.integer("unhealthyThreshold", 1, 20).orElse(3));
    }

    /** VAL-24. */
    private Optional<String> host(ConfigObject object, boolean picks) {
        Optional<String> host = object.text("host").map(String::strip);
        if (picks == object.isStated("host")) {
            problems.error(
                    "VAL-24",
                    picks ? Kind.CONFLICT : Kind.MISSING,
                    object.placeOf("host"),
                    picks
                            ? "the probe names a host and also picks it from the settings."
                            : "the probe neither names a host nor picks it from the settings.",
                    picks
                            ? "Remove host, or set pickHostNameFromBackendHttpSettings to false."
                            : "Add host, or set pickHostNameFromBackendHttpSettings to true.");
        }
        host.flatMap(Hosts::complaintAboutHost)
                .ifPresent(complaint -> problems.error(
                        "VAL-24",
                        Kind.RANGE,
                        object.placeOf("host"),
                        Wording.quote(host.orElse("")) + " " + complaint + ".",
                        "Give a bare host name."));
        return host;
    }

    private Optional<String> path(ConfigObject object) {
        String path = object.text("path").orElse("/");
        boolean isPath = path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c != 127);
        if (!isPath) {
            problems.error(
                    "VAL-19",
                    Kind.RANGE,
                    object.placeOf("path"),
                    Wording.quote(path) + " is no path.",
                    "Start it with '/' and leave blanks out.");
        }
        return isPath ? Optional.of(path) : Optional.empty();
    }

    private ProbeMatch match(ConfigObject object) {
        Optional<ConfigObject> match = object.object("match");
        if (match.isEmpty()) {
            return ProbeMatch.DEFAULT;
        }
        String body = match.get().text("body").orElse("");
        if (body.length() > LONGEST_BODY) {
            problems.error(
                    "VAL-28",
                    Kind.RANGE,
                    match.get().placeOf("body"),
                    "the text has " + body.length() + " characters, " + LONGEST_BODY + " are allowed.",
                    "Look for a shorter text.");
        }
        return new ProbeMatch(StatusCodes.read(match.get(), problems), body.length() > LONGEST_BODY ? "" : body);
    }
}
