package dev.gatehouse.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.StringJoiner;

/** File names as URI references (RFC 3986). Immutable. */
final class FileUris {
    private static final String UNRESERVED = "-._~";
    private static final String HEXADECIMAL = "0123456789ABCDEF";

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
            return encode(file);
        }
        if (!path.startsWith(base) || path.equals(base)) {
            return path.toUri().toASCIIString();
        }
        StringJoiner uri = new StringJoiner("/");
        base.relativize(path).forEach(part -> uri.add(encode(part.toString())));
        return uri.toString();
    }

    // A colon too: in the first part it would read as the end of a scheme.
    private static String encode(String part) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (isPlain || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEXADECIMAL.charAt(c >> 4)).append(HEXADECIMAL.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }
}
