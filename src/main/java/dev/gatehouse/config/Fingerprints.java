package dev.gatehouse.config;

import dev.gatehouse.document.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Marks by which a problem is known again in a later report. Lines, columns and positions in arrays may move without
 * changing them; problems that differ in nothing else are counted. Confined to one report.
 */
final class Fingerprints {
    private static final int DIGITS = 32;
    private static final Pattern LINE = Pattern.compile("\\bline \\d+");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final Map<String, Integer> counts = new HashMap<>();

    String of(Problem problem, String uri) {
        String hash = hash(String.join(
                "\n",
                problem.id(),
                uri,
                INDEX.matcher(problem.path()).replaceAll("[]"),
                LINE.matcher(problem.message()).replaceAll("line")));
        return hash + ":" + counts.merge(hash, 1, Integer::sum);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
