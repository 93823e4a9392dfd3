package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AccessLogSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code accessLog} of the local file. Confined to one load. */
final class AccessLogReader {
    static final List<String> KEYS = List.of("file", "format", "maxSize", "keep", "omit", "scrub");

    private static final Map<String, AccessLogSettings.Format> FORMATS = Map.of(
            "json", AccessLogSettings.Format.JSON,
            "common", AccessLogSettings.Format.COMMON,
            "combined", AccessLogSettings.Format.COMBINED);

    private final StrictObject object;
    private final Path directory;
    private final Problems problems;

    AccessLogReader(Optional<ObjectNode> node, Path directory, Problems problems) {
        this.object = new StrictObject(node, KEYS, problems);
        this.directory = directory;
        this.problems = problems;
    }

    AccessLogSettings read() {
        AccessLogSettings defaults = AccessLogSettings.DEFAULT;
        return new AccessLogSettings(
                file(),
                object.choice("format", FORMATS, defaults.format()),
                maxBytes(),
                object.get("keep")
                        .flatMap(node -> object.values().integer(node, 0, Integer.MAX_VALUE, "LOCAL"))
                        .orElse(defaults.keep()),
                omitted(),
                texts("scrub"));
    }

    private String file() {
        String text =
                object.text("file").orElse(AccessLogSettings.DEFAULT.file()).strip();
        if (text.equals(AccessLogSettings.STANDARD_OUTPUT) || text.equalsIgnoreCase(AccessLogSettings.OFF)) {
            return text.toLowerCase(Locale.ROOT);
        }
        try {
            return directory.resolve(text).toString();
        } catch (InvalidPathException e) {
            object.get("file")
                    .ifPresent(node -> refuse(
                            node, Wording.quote(text) + " is no path: " + e.getReason() + ".", "Name a file, or -."));
            return AccessLogSettings.DEFAULT.file();
        }
    }

    private long maxBytes() {
        long bytes = object.get("maxSize")
                .flatMap(new Quantities(problems)::bytes)
                .orElse(AccessLogSettings.DEFAULT.maxBytes());
        if (bytes < 1) {
            object.get("maxSize")
                    .ifPresent(node -> refuse(node, "no line fits into 0 bytes.", "Give a size such as 100m."));
            return AccessLogSettings.DEFAULT.maxBytes();
        }
        return bytes;
    }

    private Set<String> omitted() {
        Set<String> omitted = new LinkedHashSet<>();
        for (Node node : object.array("omit")) {
            object.values().text(node).ifPresent(name -> known(name, node).ifPresent(omitted::add));
        }
        return omitted;
    }

    private Optional<String> known(String name, Node node) {
        Optional<String> known = AccessLogSettings.PROPERTIES.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst();
        if (known.isEmpty()) {
            refuse(
                    node,
                    "lines have no property " + Wording.quote(name) + ".",
                    Wording.closest(name, AccessLogSettings.PROPERTIES)
                            .map(Wording::didYouMean)
                            .orElse("Correct or remove it."));
        }
        return known;
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        object.array(name).forEach(node -> object.values().text(node).ifPresent(texts::add));
        return texts;
    }

    private void refuse(Node node, String message, String cure) {
        problems.error("LOCAL", Kind.RANGE, node.place(), message, cure);
    }
}
