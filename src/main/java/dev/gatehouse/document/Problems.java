package dev.gatehouse.document;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problem.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the problems of one load. The same problem found twice is kept once; a hostile file cannot grow the list
 * beyond a bound. Confined to one load.
 */
public final class Problems {
    private static final int MOST = 2000;
    private static final int SHORTEST_SECRET = 4; // a shorter one would blot out words that have nothing to do with it

    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Need> needs = new LinkedHashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private boolean hasErrors;

    public void error(String id, Kind kind, Place place, String message, String cure) {
        add(id, Severity.ERROR, kind, place, message, cure);
    }

    public void warn(String id, Kind kind, Place place, String message, String cure) {
        add(id, Severity.WARNING, kind, place, message, cure);
    }

    public void info(String id, Kind kind, Place place, String message, String cure) {
        add(id, Severity.INFO, kind, place, message, cure);
    }

    public void azure(String id, Kind kind, Place place, String message, String cure) {
        add(id, Severity.AZURE, kind, place, message, cure);
    }

    /** Adds a problem that was found earlier, when it was not yet clear whether anybody would mind. */
    public void report(Problem problem) {
        boolean isError = problem.severity() == Severity.ERROR;
        boolean isFirstError = isError && !hasErrors;
        hasErrors |= isError;
        if (found.size() < MOST || isFirstError) {
            found.add(problem);
        }
    }

    /** Notes that something is needed; true the first time. */
    public boolean isNew(Need need) {
        return needs.add(need);
    }

    /** Everything that is needed and that only the user can supply, in the order found. */
    public Set<Need> needs() {
        return Collections.unmodifiableSet(needs);
    }

    /** A value is not known whose want was reported before: the configuration stays refused. */
    public void markOpen() {
        hasErrors = true;
    }

    public boolean hasErrors() {
        return hasErrors;
    }

    /** Keeps a value out of every message, also of those that are there already. */
    public void hide(String secret) {
        if (secret.length() >= SHORTEST_SECRET) {
            secrets.add(secret);
        }
    }

    private Problem withoutSecrets(Problem problem) {
        String message = problem.message();
        String cure = problem.cure();
        for (String secret : secrets) {
            message = message.replace(secret, "(hidden)");
            cure = cure.replace(secret, "(hidden)");
        }
        return new Problem(
                problem.id(),
                problem.severity(),
                problem.kind(),
                problem.file(),
                problem.line(),
                problem.column(),
                problem.path(),
                message,
                cure);
    }

    /** In the order of lines, those of the local file last. */
    public List<Problem> sorted(String localFile) {
        List<Problem> sorted = new ArrayList<>(found);
        if (!secrets.isEmpty()) {
            sorted.replaceAll(this::withoutSecrets);
        }
        sorted.sort(Comparator.<Problem>comparingInt(problem -> problem.file().equals(localFile) ? 1 : 0)
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        return sorted;
    }

    public void add(String id, Severity severity, Kind kind, Place place, String message, String cure) {
        report(new Problem(
                id, severity, kind, place.file(), place.line(), place.column(), place.path(), message, cure));
    }
}
