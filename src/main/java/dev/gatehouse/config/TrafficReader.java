package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AffinitySettings;
import dev.gatehouse.model.BufferingSettings;
import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.ForwardingSettings;
import dev.gatehouse.model.TokenSettings;
import dev.gatehouse.model.TrafficSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** The parts of the local file that say how requests are taken and passed on. Confined to one load. */
final class TrafficReader {
    static final List<String> LIMIT_KEYS = List.of(
            "uri",
            "headers",
            "body",
            "headerTimeout",
            "bodyTimeout",
            "keepAliveTimeout",
            "http2IdleTimeout",
            "http2Requests",
            "connections");
    static final List<String> BUFFERING_KEYS = List.of("memory", "disk", "totalDisk", "directory", "sseAutoFlush");
    static final List<String> FORWARDING_KEYS =
            List.of("allowUnderscoreHeaders", "forwardNormalizedPath", "retryNonIdempotent");
    static final List<String> AFFINITY_KEYS = List.of("secretEnv", "secretFile");
    static final List<String> TOKEN_KEYS = List.of("issuer", "keys");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final long MEGABYTE = 1 << 20;

    private final StrictObject root;
    private final Path directory;
    private final Problems problems;
    private final Quantities quantities;

    TrafficReader(StrictObject root, Path directory, Problems problems) {
        this.root = root;
        this.directory = directory;
        this.problems = problems;
        this.quantities = new Quantities(problems);
    }

    TrafficSettings read() {
        return new TrafficSettings(limits(), buffering(), forwarding(), affinity(), tokens());
    }

    private ClientLimits limits() {
        StrictObject object = new StrictObject(root.object("limits"), LIMIT_KEYS, problems);
        ClientLimits defaults = ClientLimits.DEFAULT;
        return new ClientLimits(
                (int) bytes(object, "uri", defaults.uriBytes(), 256, MEGABYTE),
                (int) bytes(object, "headers", defaults.headerBytes(), 256, MEGABYTE),
                bytes(object, "body", defaults.bodyBytes(), 0, Long.MAX_VALUE),
                wait(object, "headerTimeout", defaults.headerTimeout()),
                wait(object, "bodyTimeout", defaults.bodyTimeout()),
                wait(object, "keepAliveTimeout", defaults.keepAliveTimeout()),
                wait(object, "http2IdleTimeout", defaults.http2IdleTimeout()),
                count(object, "http2Requests", defaults.http2Requests(), 1),
                count(object, "connections", defaults.connections(), 0));
    }

    private BufferingSettings buffering() {
        StrictObject object = new StrictObject(root.object("buffering"), BUFFERING_KEYS, problems);
        BufferingSettings defaults = BufferingSettings.DEFAULT;
        return new BufferingSettings(
                (int) bytes(object, "memory", defaults.memoryBytes(), 0, 16 * MEGABYTE),
                bytes(object, "disk", defaults.diskBytes(), 0, Long.MAX_VALUE),
                bytes(object, "totalDisk", defaults.totalDiskBytes(), 0, Long.MAX_VALUE),
                path(object, "directory").orElse(defaults.directory()),
                object.flag("sseAutoFlush", defaults.sseAutoFlush()));
    }

    private ForwardingSettings forwarding() {
        StrictObject object = new StrictObject(root.object("forwarding"), FORWARDING_KEYS, problems);
        ForwardingSettings defaults = ForwardingSettings.DEFAULT;
        return new ForwardingSettings(
                object.flag("allowUnderscoreHeaders", defaults.allowUnderscoreHeaders()),
                object.flag("forwardNormalizedPath", defaults.forwardNormalizedPath()),
                object.flag("retryNonIdempotent", defaults.retryNonIdempotent()));
    }

    private AffinitySettings affinity() {
        StrictObject object = new StrictObject(root.object("affinity"), AFFINITY_KEYS, problems);
        return new AffinitySettings(
                object.text("secretEnv").orElse(null),
                path(object, "secretFile").orElse(null));
    }

    private TokenSettings tokens() {
        StrictObject object = new StrictObject(root.object("tokens"), TOKEN_KEYS, problems);
        return new TokenSettings(
                object.text("issuer").orElse(null), keys(object).orElse(null));
    }

    private Optional<URI> keys(StrictObject object) {
        Optional<String> text = object.text("keys");
        try {
            Optional<URI> keys = text.map(String::strip).map(URI::create).map(this::resolved);
            keys.ifPresent(address -> warnOfKeys(address, object));
            return keys;
        } catch (IllegalArgumentException e) {
            refuse(object, "keys", Wording.quote(text.orElse("")) + " is no address of a key set: " + e.getMessage());
            return Optional.empty();
        }
    }

    private URI resolved(URI keys) {
        if (!keys.isAbsolute()) {
            return directory.resolve(keys.getPath()).toAbsolutePath().toUri();
        }
        if (!List.of("http", "https", "file").contains(keys.getScheme())) {
            throw new IllegalArgumentException("expected http, https or file, found " + keys.getScheme());
        }
        return keys;
    }

    /** REQ-16: without its keys no token is good, and whoever can change them can make tokens. */
    private void warnOfKeys(URI keys, StrictObject object) {
        Place place = object.get("keys").map(Node::place).orElseThrow();
        if (keys.getScheme().equals("file") && !Files.isReadable(Path.of(keys))) {
            problems.warn(
                    "REQ-16",
                    Kind.BINDING,
                    place,
                    Path.of(keys) + " cannot be read; rules that ask for tokens answer 503 until it can.",
                    "Put the issuer's JSON Web Key Set there, or name its http or https address.");
        }
        if (keys.getScheme().equals("http") && !LOOPBACK.contains(String.valueOf(keys.getHost()))) {
            problems.warn(
                    "REQ-16",
                    Kind.BINDING,
                    place,
                    "SECURITY: the keys come by plain http, so whoever is on the way can replace them and make tokens.",
                    "Use https, or a file.");
        }
    }

    private Optional<Path> path(StrictObject object, String name) {
        Optional<String> text = object.text(name);
        try {
            return text.map(directory::resolve);
        } catch (InvalidPathException e) {
            refuse(object, name, Wording.quote(text.orElse("")) + " is no file name: " + e.getReason());
            return Optional.empty();
        }
    }

    private long bytes(StrictObject object, String name, long otherwise, long least, long most) {
        return object.get(name)
                .flatMap(quantities::bytes)
                .filter(inRange(object, name, least, most)::test)
                .orElse(otherwise);
    }

    private int count(StrictObject object, String name, int otherwise, int least) {
        return object.get(name)
                .flatMap(node -> object.values().integer(node, least, Integer.MAX_VALUE, "LOCAL"))
                .orElse(otherwise);
    }

    private Duration wait(StrictObject object, String name, Duration otherwise) {
        return object.get(name)
                .flatMap(quantities::duration)
                .filter(value -> inRange(object, name, 1, Integer.MAX_VALUE).test(value.toMillis()))
                .orElse(otherwise);
    }

    private LongPredicate inRange(StrictObject object, String name, long least, long most) {
        return value -> {
            boolean fits = value >= least && value <= most;
            if (!fits) {
                refuse(object, name, "the value of " + Wording.quote(name) + " is out of range");
            }
            return fits;
        };
    }

    private void refuse(StrictObject object, String name, String message) {
        Place place = object.get(name).map(Node::place).orElseThrow();
        problems.error(
                "LOCAL", Kind.RANGE, place, message + ".", "Correct it; the schema of the local file has the ranges.");
    }
}
