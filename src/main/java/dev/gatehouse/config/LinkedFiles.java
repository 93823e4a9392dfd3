package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.template.LinkedTemplates;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Linked templates among the files beside the template: an address such as {@code https://host/a/nested/b.json?sas} is
 * looked for as {@code a/nested/b.json}, {@code nested/b.json} and {@code b.json}, below the template's folder only.
 * Nothing is fetched. Confined to one load.
 */
final class LinkedFiles implements LinkedTemplates {
    private static final int MOST_LINKS = 100;

    private final Path folder;
    private final Function<Path, Optional<ObjectNode>> reader;
    private final List<String> missing = new ArrayList<>();
    private int links;

    LinkedFiles(Path folder, Function<Path, Optional<ObjectNode>> reader) {
        this.folder = folder;
        this.reader = reader;
    }

    @Override
    public List<String> missing() {
        return List.copyOf(missing);
    }

    @Override
    public Optional<ObjectNode> find(String uri) {
        links++;
        Optional<Path> file = links > MOST_LINKS ? Optional.empty() : file(uri);
        if (file.isEmpty() && !missing.contains(uri)) {
            missing.add(uri);
        }
        return file.flatMap(reader);
    }

    private Optional<Path> file(String uri) {
        String path = withoutHoles(uri.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*", ""))
                .replaceFirst("[?#].*$", "");
        List<String> segments = new ArrayList<>(List.of(path.split("/+")));
        segments.removeIf(String::isEmpty);
        if (segments.contains("..")) {
            return Optional.empty();
        }
        for (int i = 0; i < segments.size(); i++) {
            Optional<Path> found = existing(String.join("/", segments.subList(i, segments.size())));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Path> existing(String relative) {
        try {
            Path file = folder.resolve(relative);
            return Optional.of(file).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty(); // Text that is no path on this machine names no file of it.
        }
    }

    /** What is not known is the address of the folder, or an access token behind the name. */
    private static String withoutHoles(String uri) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            depth += c == '«' ? 1 : 0;
            if (depth == 0) {
                text.append(c);
            }
            if (c == '»') {
                depth = Math.max(0, depth - 1);
                text.append(depth == 0 ? "/" : "");
            }
        }
        String path = text.toString();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
