package dev.gatehouse.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One case of {@code malformed-requests.txt}, which explains its notation. Immutable.
 *
 * @param group what it is about
 * @param name what is wrong with it
 * @param text the request as the file has it
 * @param answers by home; the jar's stands for homes that have none of their own
 */
record MalformedRequest(String group, String name, String text, Map<String, String> answers) {
    static final String JAR = "jar";
    private static final String END = "{end}";
    private static final Pattern REPEATED = Pattern.compile("\\{((?:[^{}\\\\]|\\\\x..|\\\\.)+)\\*(\\d+)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x(..)|.)");

    MalformedRequest {
        answers = Map.copyOf(answers);
    }

    /** All cases in the order of the file. */
    static List<MalformedRequest> all() {
        List<MalformedRequest> cases = new ArrayList<>();
        String group = "";
        String name = "";
        for (String line : lines()) {
            if (line.startsWith("## ")) {
                group = line.substring(3);
            } else if (line.startsWith("> ")) {
                cases.add(new MalformedRequest(group, name, line.substring(2), Map.of(JAR, "400")));
            } else if (line.startsWith("= ")) {
                cases.set(cases.size() - 1, cases.get(cases.size() - 1).answered(line.substring(2)));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                name = line;
            }
        }
        return cases;
    }

    private static List<String> lines() {
        try (InputStream file = MalformedRequest.class.getResourceAsStream("/it/malformed-requests.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MalformedRequest answered(String line) {
        Map<String, String> all = new HashMap<>(answers);
        for (String home : List.of("tomcat", "wildfly")) {
            if (line.startsWith(home + " ")) {
                all.put(home, line.substring(home.length() + 1));
                return new MalformedRequest(group, name, text, all);
            }
        }
        all.put(JAR, line);
        return new MalformedRequest(group, name, text, all);
    }

    /** What a home makes of it, written out. */
    String answer(String home) {
        return expand(shortAnswer(home));
    }

    /** What a home makes of it, as the file has it. */
    String shortAnswer(String home) {
        String own = answers.get(home);
        return own == null ? Objects.requireNonNull(answers.get(JAR)) : own;
    }

    /** What the client sends, one byte for each character. */
    String bytes() {
        return expand(text.replace("{host}", "Host: plain.example\\r\\n").replace(END, ""));
    }

    /** Whether the client ends its sending then. */
    boolean ends() {
        return text.endsWith(END);
    }

    String method() {
        String bytes = bytes();
        int space = bytes.indexOf(' ');
        return space < 0 ? "" : bytes.substring(0, space);
    }

    private static String expand(String text) {
        String whole = REPEATED.matcher(text)
                .replaceAll(repeated ->
                        Matcher.quoteReplacement(repeated.group(1).repeat(Integer.parseInt(repeated.group(2)))));
        return ESCAPE.matcher(whole)
                .replaceAll(escape -> Matcher.quoteReplacement(String.valueOf(unescape(escape.group(1)))));
    }

    private static char unescape(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case '0' -> '\0';
            case 'x' -> (char) Integer.parseInt(escape.substring(1), 16);
            default -> escape.charAt(0);
        };
    }

    @Override
    public String toString() {
        return group + ": " + name;
    }
}
