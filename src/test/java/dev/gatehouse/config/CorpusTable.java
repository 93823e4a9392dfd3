package dev.gatehouse.config;

import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of docs/corpus.md: every file of the corpus, its shape, what came of reading it, what the user must supply. */
final class CorpusTable {
    static final Path FILE = Path.of("docs/corpus.md");
    private static final Pattern KEY =
            Pattern.compile("\"(parameters|references|pools|certificates)\": \\{ (\"(?:[^\"\\\\]|\\\\.)*\")");

    private CorpusTable() {}

    static String text() throws IOException {
        List<String> rows = new ArrayList<>();
        int loads = 0;
        int afterSupply = 0;
        for (CorpusFile file : CorpusFile.all()) {
            LoadResult result = file.load();
            boolean isFaulty = CorpusFile.errors(result).anyMatch(problem -> problem.kind() != Kind.BINDING);
            loads += result.hasErrors() ? 0 : 1;
            afterSupply += result.hasErrors() && !isFaulty ? 1 : 0;
            rows.add(row(file, result));
        }
        int refused = rows.size() - loads - afterSupply;
        return "# Real gateway files and what becomes of them\n\n"
                + "Written by `CorpusTest` (its `main` rewrites this page; the test fails when it is out of date). Of "
                + rows.size() + " files, " + loads + " load as they are, " + afterSupply
                + " load once the user supplies what only the user can know, and " + refused
                + " are refused for a fault of their own. A file with several gateways is judged by its first.\n\n"
                + "| File | Shape | Gateways | Result | With its parameter file | The user must supply |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
                + String.join("", rows);
    }

    private static String row(CorpusFile file, LoadResult result) {
        String withParameters =
                file.withParameterFile().map(CorpusTable::verdict).orElse("-");
        return "| " + file.name() + " | " + result.shape() + " | "
                + result.gateways().size() + " | " + verdict(result) + " | " + withParameters + " | " + supply(result)
                + " |\n";
    }

    private static String verdict(LoadResult result) {
        List<Problem> faults = CorpusFile.errors(result)
                .filter(problem -> problem.kind() != Kind.BINDING)
                .toList();
        if (!faults.isEmpty()) {
            return "refused: "
                    + faults.stream()
                            .map(problem -> problem.id() + " line " + problem.line())
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        return result.hasErrors() ? "needs values" : "loads";
    }

    private static String supply(LoadResult result) {
        TreeSet<String> keys = new TreeSet<>();
        result.problems().stream()
                .filter(problem -> problem.kind() == Kind.BINDING && problem.severity() != Problem.Severity.INFO)
                .forEach(problem -> keys.add(key(problem)));
        return keys.isEmpty() ? "-" : String.join(", ", keys).replace("|", "\\|");
    }

    private static String key(Problem problem) {
        Matcher key = KEY.matcher(problem.cure());
        return key.find()
                ? "`" + key.group(1) + "." + key.group(2).replace("\"", "") + "`"
                : "`" + problem.path() + "`";
    }
}
