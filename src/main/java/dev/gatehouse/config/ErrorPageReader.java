package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.CustomErrorPage.Source;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Custom error pages of the gateway or of a listener (section 4.14, REQ-48, VAL-37). Confined to one load. */
final class ErrorPageReader {
    private static final long MOST_BYTES = 1024 * 1024;
    private static final Map<String, Integer> STATUS = new LinkedHashMap<>();

    static {
        for (int code : new int[] {400, 403, 404, 405, 408, 500, 502, 503, 504}) {
            STATUS.put("HttpStatus" + code, code);
        }
    }

    private final Path directory;
    private final Problems problems;

    /** Relative paths start at the directory of the gateway file. */
    ErrorPageReader(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    List<CustomErrorPage> pages(ConfigObject owner) {
        Map<Integer, CustomErrorPage> pages = new LinkedHashMap<>();
        for (ConfigObject object : owner.objects("customErrorConfigurations")) {
            page(object).ifPresent(page -> {
                if (pages.putIfAbsent(page.statusCode(), page) != null) {
                    problems.warn(
                            "REQ-48",
                            Kind.DUPLICATE,
                            object.placeOf("statusCode"),
                            "there is a page for " + page.statusCode() + " already; the first one counts.",
                            "Remove one of the two.");
                }
            });
        }
        return new ArrayList<>(pages.values());
    }

    private Optional<CustomErrorPage> page(ConfigObject object) {
        object.require("statusCode");
        object.require("customErrorPageUrl");
        Optional<Integer> status = status(object);
        Optional<String> url = object.text("customErrorPageUrl").map(String::strip);
        if (status.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        if (status.get() == 404) {
            problems.azure(
                    "REQ-48",
                    Kind.UNSUPPORTED,
                    object.placeOf("statusCode"),
                    "Azure takes no page for 404 yet; Gatehouse does.",
                    "Nothing to do.");
        }
        return Optional.of(new CustomErrorPage(status.get(), source(url.get(), object.placeOf("customErrorPageUrl"))));
    }

    /** A bare number, in quotes or not, is as good as Azure's spelling (section 4.14). */
    private static Optional<Integer> status(ConfigObject object) {
        Optional<Integer> bare = object.get("statusCode")
                .filter(ScalarNode.class::isInstance)
                .map(node ->
                        STATUS.get("HttpStatus" + ((ScalarNode) node).text().strip()));
        return bare.or(() -> object.choice("statusCode", STATUS));
    }

    private Source source(String text, Place place) {
        try {
            Source source = text.toLowerCase(Locale.ROOT).matches("https?://.*") ? web(text) : file(text);
            Optional<String> complaint = complaint(text, source);
            complaint.ifPresent(cause -> warn(text, place, cause));
            if (complaint.isEmpty() && source instanceof Source.Web) {
                noteUnseen(text, place);
            }
            return complaint.isEmpty() ? source : new Source.BuiltIn();
        } catch (URISyntaxException | InvalidPathException e) {
            warn(text, place, "it is no URL and no path: " + e.getMessage());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            warn(text, place, "it names no file of this machine: " + e.getMessage());
        }
        return new Source.BuiltIn();
    }

    private static Source web(String text) throws URISyntaxException {
        return new Source.Web(new URI(text));
    }

    private Source file(String text) throws URISyntaxException {
        boolean isUrl = text.regionMatches(true, 0, "file:", 0, "file:".length());
        return new Source.File(isUrl ? Path.of(new URI(text)) : directory.resolve(text));
    }

    private static Optional<String> complaint(String text, Source source) {
        String path =
                source instanceof Source.Web web ? String.valueOf(web.url().getPath()) : text;
        String folded = path.toLowerCase(Locale.ROOT);
        if (!folded.endsWith(".htm") && !folded.endsWith(".html")) {
            return Optional.of("it does not end in .htm or .html");
        }
        return source instanceof Source.File file ? complaintAboutFile(file.path()) : Optional.empty();
    }

    private static Optional<String> complaintAboutFile(Path path) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            return Optional.of("there is no such file, or it cannot be read");
        }
        try {
            long size = Files.size(path);
            return size > MOST_BYTES
                    ? Optional.of("the file has " + size + " bytes, " + MOST_BYTES + " are allowed")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the file cannot be read: " + e);
        }
    }

    private void warn(String text, Place place, String cause) {
        problems.warn(
                "VAL-37",
                Kind.BINDING,
                place,
                "the page " + Wording.quote(text) + " is not used, the built-in one stands in: " + cause + ".",
                "Name an .htm or .html file of at most 1 MB; a relative path starts at this file.");
    }

    private void noteUnseen(String text, Place place) {
        problems.info(
                "VAL-37",
                Kind.BINDING,
                place,
                "the page " + Wording.quote(text) + " is not fetched while the file is checked, so nobody knows yet"
                        + " whether it can be.",
                "Make sure that this machine can fetch it, or name a local file.");
    }
}
