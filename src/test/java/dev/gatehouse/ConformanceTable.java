package dev.gatehouse;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of docs/conformance.md: every requirement and the tests that name it, read from the sources of the tests. */
final class ConformanceTable {
    static final Path FILE = Path.of("docs/conformance.md");
    private static final Path TESTS = Path.of("src/test/java/dev/gatehouse");
    private static final Path TITLES = Path.of("src/test/resources/conformance/requirements.properties");
    private static final Pattern LIMIT = Pattern.compile("KnownLimit\\.([A-Z0-9_]+)");
    private static final Pattern LIMIT_WORDS = Pattern.compile("(?s)\\b([A-Z0-9_]{4,})\\(\\s*(\"[^;]*?\")\\)[,;]");
    private static final Map<String, String> HOMES = new LinkedHashMap<>();

    static {
        HOMES.put("Executable jar", "EmbeddedIT");
        HOMES.put("WAR in Tomcat", "BlackBoxTomcatIT");
        HOMES.put("WAR in WildFly", "BlackBoxWildFlyIT");
    }

    private ConformanceTable() {}

    /** Every requirement with the tests that name it, in the order of their numbers; perhaps none. */
    static Map<String, List<NamedTest>> testsById() throws IOException {
        Map<String, List<NamedTest>> tests =
                new TreeMap<>(Comparator.comparing(id -> Integer.parseInt(id.substring(4))));
        titles().stringPropertyNames().forEach(id -> tests.put(id, new ArrayList<>()));
        for (NamedTest test : all()) {
            test.ids().forEach(id -> tests.getOrDefault(id, new ArrayList<>()).add(test));
        }
        return tests;
    }

    private static List<NamedTest> all() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<NamedTest> tests = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                tests.addAll(NamedTest.in(file));
            }
            return tests;
        }
    }

    static Properties titles() throws IOException {
        Properties titles = new Properties();
        try (Reader reader = Files.newBufferedReader(TITLES)) {
            titles.load(reader);
        }
        return titles;
    }

    static String text() throws IOException {
        Properties titles = titles();
        StringBuilder page = new StringBuilder("# What is required and which tests show it\n\n"
                + "Written by `ConformanceTest` from the tests' own names and comments (its `main` rewrites this page; the"
                + " test fails when it is out of date). Black-box tests run over sockets against the executable jar and"
                + " against the WAR in Tomcat and in WildFly; a home whose container makes one impossible shows in the"
                + " same test what it does instead, for the reason named below. The other tests run in the build's own"
                + " JVM, most of them over sockets too.\n\n"
                + "| Id | About | " + String.join(" | ", HOMES.keySet()) + " | Black-box tests | Other tests |\n"
                + "| --- | --- | " + "--- | ".repeat(HOMES.size()) + "--- | --- |\n");
        for (Map.Entry<String, List<NamedTest>> entry : testsById().entrySet()) {
            page.append(row(entry.getKey(), titles.getProperty(entry.getKey()), entry.getValue()));
        }
        page.append("\n## What a container makes impossible\n\n| Limit | Homes | Why |\n| --- | --- | --- |\n");
        for (Map.Entry<String, String> limit : limits().entrySet()) {
            page.append("| ")
                    .append(limit.getKey())
                    .append(" | ")
                    .append(homesWith(limit.getKey()))
                    .append(" | ")
                    .append(limit.getValue())
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String row(String id, String title, List<NamedTest> tests) throws IOException {
        List<NamedTest> black = tests.stream().filter(NamedTest::isBlackBox).toList();
        StringBuilder row = new StringBuilder("| " + id + " | " + title + " | ");
        for (String home : HOMES.values()) {
            row.append(verdict(black, home)).append(" | ");
        }
        return row + names(black) + " | "
                + names(tests.stream().filter(test -> !test.isBlackBox()).toList()) + " |\n";
    }

    private static String verdict(List<NamedTest> tests, String home) throws IOException {
        List<NamedTest> here = tests.stream().filter(test -> test.runsIn(home)).toList();
        if (here.isEmpty()) {
            return "-";
        }
        List<String> limits = new ArrayList<>();
        String declared = Files.readString(TESTS.resolve("it").resolve(home + ".java"));
        here.stream().flatMap(test -> LIMIT.matcher(test.body()).results()).forEach(found -> {
            if (declared.contains(found.group()) && !limits.contains(found.group(1))) {
                limits.add(found.group(1));
            }
        });
        String count = here.size() + (here.size() == 1 ? " test" : " tests");
        return limits.isEmpty() ? count : count + "; " + String.join(", ", limits);
    }

    private static String names(List<NamedTest> tests) {
        if (tests.isEmpty()) {
            return "-";
        }
        Map<String, List<String>> byClass = new TreeMap<>();
        tests.forEach(test ->
                byClass.computeIfAbsent(test.type(), key -> new ArrayList<>()).add(test.method()));
        return byClass.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static Map<String, String> limits() throws IOException {
        Map<String, String> limits = new TreeMap<>();
        Matcher found = LIMIT_WORDS.matcher(Files.readString(TESTS.resolve("it/KnownLimit.java")));
        while (found.find()) {
            limits.put(found.group(1), found.group(2).replaceAll("\"\\s*\\+\\s*\"|\"", ""));
        }
        return limits;
    }

    private static String homesWith(String limit) throws IOException {
        List<String> homes = new ArrayList<>();
        for (Map.Entry<String, String> home : HOMES.entrySet()) {
            String source = Files.readString(TESTS.resolve("it").resolve(home.getValue() + ".java"));
            if (Pattern.compile("KnownLimit\\." + limit + "\\b").matcher(source).find()) {
                homes.add(home.getKey());
            }
        }
        return homes.isEmpty() ? "-" : String.join(", ", homes);
    }
}
