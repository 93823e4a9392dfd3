package dev.gatehouse.config;

import dev.gatehouse.document.PercentEncoding;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.StringJoiner;

/** File names as URI references (RFC 3986). Immutable. */
final class FileUris {
    private final Path base;

    FileUris(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    /** A relative reference for a file below the base, else a {@code file} URI; a name that is no path stays a name. */
    String of(String file) {
        Path path;
        try {
            path = base.resolve(file).normalize();
        } catch (InvalidPathException e) {
            return PercentEncoding.encode(file);
        }
        if (!path.startsWith(base) || path.equals(base)) {
            return path.toUri().toASCIIString();
        }
        StringJoiner uri = new StringJoiner("/");
        // A colon is encoded too: in the first part it would read as the end of a scheme.
        base.relativize(path).forEach(part -> uri.add(PercentEncoding.encode(part.toString())));
        return uri.toString();
    }
}
