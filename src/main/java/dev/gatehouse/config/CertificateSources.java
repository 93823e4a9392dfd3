package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.CertificateSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries of {@code certificates} and {@code trust}. Files are named, not read. Confined to one load. */
final class CertificateSources {
    static final List<String> KEYS = List.of("pfx", "passwordEnv", "passwordFile", "pem", "key", "selfSigned");

    private final Path directory;
    private final Problems problems;

    CertificateSources(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** A source; with {@code needsKey} one that can open a listener, without it a trust anchor. */
    Optional<CertificateSource> read(Node node, boolean needsKey) {
        if (!(node instanceof ObjectNode object)) {
            new Scalars(problems).wrongType(node, "an object with pfx, pem or selfSigned");
            return Optional.empty();
        }
        StrictObject entry = new StrictObject(Optional.of(object), KEYS, problems);
        boolean isSelfSigned = entry.flag("selfSigned", false);
        Optional<Path> pfx = path(entry, "pfx");
        Optional<Path> pem = path(entry, "pem");
        int forms = (isSelfSigned ? 1 : 0) + (pfx.isPresent() ? 1 : 0) + (pem.isPresent() ? 1 : 0);
        boolean isUsable = forms == 1 && (needsKey || !isSelfSigned);
        if (!isUsable) {
            String known = needsKey ? "\"pfx\", \"pem\" and \"selfSigned\": true" : "\"pfx\" and \"pem\"";
            problems.error(
                    "LOCAL",
                    Kind.CONFLICT,
                    node.place(),
                    "the entry must name exactly one of " + known + ".",
                    "Keep the one that is meant.");
            return Optional.empty();
        }
        if (isSelfSigned) {
            return Optional.of(new CertificateSource.SelfSigned());
        }
        return pem.isPresent() ? pem(entry, pem.get(), needsKey, node.place()) : pfx(entry, pfx.orElse(directory));
    }

    private Optional<CertificateSource> pfx(StrictObject entry, Path file) {
        @Nullable String passwordEnv = entry.text("passwordEnv").orElse(null);
        return Optional.of(new CertificateSource.Pfx(
                file, passwordEnv, path(entry, "passwordFile").orElse(null)));
    }

    private Optional<CertificateSource> pem(StrictObject entry, Path file, boolean needsKey, Place place) {
        Optional<Path> key = path(entry, "key");
        if (needsKey && key.isEmpty()) {
            problems.error(
                    "LOCAL",
                    Kind.MISSING,
                    place.member("key"),
                    "a listener's certificate needs its private key.",
                    "Name the key's PEM file; the same file again if it holds both.");
        }
        return Optional.of(new CertificateSource.Pem(file, key.orElse(null)));
    }

    private Optional<Path> path(StrictObject entry, String name) {
        Optional<String> text = entry.text(name);
        try {
            return text.map(directory::resolve);
        } catch (InvalidPathException e) {
            problems.error(
                    "LOCAL",
                    Kind.RANGE,
                    entry.get(name).map(Node::place).orElseThrow(),
                    Wording.quote(text.orElse("")) + " is no file name: " + e.getReason() + ".",
                    "Correct the name.");
            return Optional.empty();
        }
    }
}
