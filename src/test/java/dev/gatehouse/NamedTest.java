package dev.gatehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One test method and the requirements that its comment names; a method without a comment of its own stands for the one
 * requirement that its class is about, if it is only one.
 *
 * @param type simple name of its class
 * @param method its name
 * @param ids what it names, for example {@code REQ-31}
 * @param body its source
 */
record NamedTest(String type, String method, List<String> ids, String body) {
    private static final Pattern ANNOTATION =
            Pattern.compile("^    @(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b.*");
    private static final Pattern METHOD =
            Pattern.compile("^    (?:default |static |public |private )*[\\w<>, \\[\\]]+ (\\w+)\\(.*");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:abstract |final )*(?:class|interface) (\\w+)");
    private static final Pattern IDS =
            Pattern.compile("REQ-(\\d+)((?:(?:, | and )\\d+\\b)*)(?: to REQ-(\\d+)|\\.\\.REQ-(\\d+))?");

    /** A test of a suite that every home runs, or of one home's own class. */
    boolean isBlackBox() {
        return type.endsWith("Suite") || type.endsWith("IT");
    }

    /** Whether the integration test of a home runs it. */
    boolean runsIn(String home) {
        return type.endsWith("Suite") || type.equals(home) || (home.equals("EmbeddedIT") && isOfTheJar());
    }

    private boolean isOfTheJar() {
        return type.endsWith("IT") && !type.contains("Tomcat") && !type.contains("WildFly");
    }

    static List<NamedTest> in(Path file) throws IOException {
        String source = Files.readString(file);
        Matcher type = TYPE.matcher(source);
        if (!type.find()) {
            return List.of();
        }
        List<String> ofClass = ids(source.substring(0, type.start()));
        List<String> lines = source.lines().toList();
        List<NamedTest> tests = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (ANNOTATION.matcher(lines.get(i)).matches()) {
                tests.add(read(type.group(1), lines, i, ofClass));
            }
        }
        return tests;
    }

    private static NamedTest read(String type, List<String> lines, int start, List<String> ofClass) {
        StringBuilder comment = new StringBuilder();
        for (int i = start - 1; i >= 0 && isComment(lines.get(i)); i--) {
            comment.append(lines.get(i)).append('\n');
        }
        int at = start;
        while (!METHOD.matcher(lines.get(at)).matches()) {
            comment.append(commentOf(lines.get(at++)));
        }
        Matcher method = METHOD.matcher(lines.get(at));
        method.matches();
        int open = at;
        while (!lines.get(open).contains("{")) {
            comment.append(commentOf(lines.get(open++)));
        }
        comment.append(commentOf(lines.get(open)));
        int end = at;
        while (!lines.get(end).equals("    }")) {
            end++;
        }
        List<String> ids = ids(comment.toString());
        List<String> meant = ids.isEmpty() && ofClass.size() == 1 ? ofClass : ids;
        return new NamedTest(type, method.group(1), meant, String.join("\n", lines.subList(at, end)));
    }

    private static String commentOf(String line) {
        int slashes = line.indexOf("//");
        return slashes < 0 ? "" : line.substring(slashes) + '\n';
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return text.startsWith("//") || text.startsWith("*") || text.startsWith("/**");
    }

    private static List<String> ids(String text) {
        TreeSet<String> ids = new TreeSet<>();
        Matcher found = IDS.matcher(text);
        while (found.find()) {
            int first = Integer.parseInt(found.group(1));
            String last = found.group(3) == null ? found.group(4) : found.group(3);
            for (int number = first; number <= (last == null ? first : Integer.parseInt(last)); number++) {
                ids.add("REQ-" + number);
            }
            Matcher more = Pattern.compile("\\d+").matcher(found.group(2));
            while (more.find()) {
                ids.add("REQ-" + more.group());
            }
        }
        return List.copyOf(ids);
    }
}
