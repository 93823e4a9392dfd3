package dev.gatehouse.template;

import dev.gatehouse.document.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code uri}: RFC 3986 section 5.2 over text, so that open parts and unusual characters pass. Stateless. */
final class UriJoin {
    private static final Pattern ABSOLUTE =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)(//[^/?#]*)?([^?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern PATH = Pattern.compile("([^?#]*)(.*)", Pattern.DOTALL);

    private UriJoin() {}

    static Node join(Arguments arguments) {
        String base = TextFunctions.textOrOpen(arguments, 0);
        String relative = TextFunctions.textOrOpen(arguments, 1);
        arguments.budget().spendText((long) base.length() + relative.length(), arguments.offset());
        if (ABSOLUTE.matcher(relative).matches()) {
            return arguments.ofSpelled(relative);
        }
        Matcher absolute = ABSOLUTE.matcher(base);
        if (absolute.matches()) {
            return arguments.ofSpelled(resolve(absolute, relative));
        }
        if (!arguments.isOpen(0)) {
            throw arguments.fault(
                    0,
                    "the base of a URI must be absolute, not \"" + base + "\".",
                    "Begin it with https:// or the like.");
        }
        boolean hasSlash = base.endsWith("/") || relative.startsWith("/");
        return arguments.ofSpelled(base
                + (hasSlash ? "" : "/")
                + (base.endsWith("/") && relative.startsWith("/") ? relative.substring(1) : relative));
    }

    private static String resolve(Matcher base, String relative) {
        String scheme = base.group(1);
        String authority = base.group(2) == null ? "" : base.group(2);
        if (relative.startsWith("//")) {
            return scheme + relative;
        }
        if (relative.isEmpty()) {
            return scheme + authority + orRoot(authority, base.group(3)) + base.group(4);
        }
        Matcher parts = PATH.matcher(relative);
        if (!parts.matches()) {
            throw new IllegalStateException("the pattern fits every text");
        }
        String path = parts.group(1);
        String merged = path.startsWith("/") ? path : directory(base.group(3)) + path;
        boolean isQueryOnly = path.isEmpty();
        return scheme
                + authority
                + orRoot(authority, withoutDots(isQueryOnly ? base.group(3) : merged))
                + parts.group(2);
    }

    private static String orRoot(String authority, String path) {
        return path.isEmpty() && !authority.isEmpty() ? "/" : path;
    }

    private static String directory(String path) {
        return path.isEmpty() ? "/" : path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String withoutDots(String path) {
        if (!path.contains("./") && !path.endsWith("/.") && !path.endsWith("/..")) {
            return path;
        }
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            boolean isUp = segments[i].equals("..");
            if (isUp && kept.size() > 1) {
                kept.removeLast();
            }
            if (!isUp && !segments[i].equals(".")) {
                kept.addLast(segments[i]);
            } else if (isLast) {
                kept.addLast("");
            }
        }
        StringBuilder text = new StringBuilder();
        for (Iterator<String> segment = kept.iterator(); segment.hasNext(); ) {
            text.append(segment.next()).append(segment.hasNext() ? "/" : "");
        }
        return text.toString();
    }
}
