package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.RewriteVariable;
import dev.gatehouse.model.RewriteVariable.Source;
import java.util.Optional;
import java.util.TreeSet;

/** Names of values that rewrites test and insert (REQ-29, REQ-31, VAL-32). Confined to one load. */
final class RewriteVariables {
    static final String REQUEST = "http_req_";
    static final String RESPONSE = "http_resp_";
    static final String SERVER = "var_";

    private final Problems problems;
    private final boolean isInserted;

    private RewriteVariables(Problems problems, boolean isInserted) {
        this.problems = problems;
        this.isInserted = isInserted;
    }

    /** What conditions test: a name that nothing has could never hold. */
    static RewriteVariables tested(Problems problems) {
        return new RewriteVariables(problems, false);
    }

    /** What values insert: an unknown name inserts nothing (REQ-31), which Azure's own examples rely on. */
    static RewriteVariables inserted(Problems problems) {
        return new RewriteVariables(problems, true);
    }

    /** Whether a text is meant as a variable; {@code {"a":1}} in a header's value is not. */
    static boolean isVariable(String text) {
        return startsWith(text, REQUEST) || startsWith(text, RESPONSE) || startsWith(text, SERVER);
    }

    /** The variable; empty if it was reported. */
    Optional<RewriteVariable> read(String text, Place place) {
        if (startsWith(text, SERVER)) {
            return server(text.substring(SERVER.length()), place);
        }
        if (startsWith(text, REQUEST)) {
            return header(Source.REQUEST_HEADER, text, REQUEST, place);
        }
        if (startsWith(text, RESPONSE)) {
            return header(Source.RESPONSE_HEADER, text, RESPONSE, place);
        }
        refuse(place, Wording.quote(text) + " names no variable.", "");
        return Optional.empty();
    }

    private Optional<RewriteVariable> server(String name, Place place) {
        if (RewriteVariable.isServerVariable(name)) {
            return Optional.of(RewriteVariable.server(name));
        }
        String guess = Wording.closest(name, new TreeSet<>(RewriteVariable.serverVariables()))
                .map(near -> Wording.didYouMean(SERVER + near) + " ")
                .orElse("");
        refuse(place, "there is no server variable " + Wording.quote(name) + ".", guess);
        return Optional.empty();
    }

    private Optional<RewriteVariable> header(Source source, String text, String prefix, Place place) {
        String name = text.substring(prefix.length());
        if (!Hosts.isToken(name)) {
            refuse(place, Wording.quote(name) + " cannot be the name of a header.", "");
            return Optional.empty();
        }
        return Optional.of(new RewriteVariable(source, name));
    }

    private void refuse(Place place, String cause, String guess) {
        Severity severity = isInserted ? Severity.WARNING : Severity.ERROR;
        problems.add(
                "VAL-32",
                severity,
                Kind.RANGE,
                place,
                isInserted ? cause + " Nothing is inserted for it." : cause,
                guess
                        + "Write http_req_<header>, http_resp_<header>, or var_<name> with a server variable of Azure's.");
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
