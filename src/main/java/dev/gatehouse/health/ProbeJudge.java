package dev.gatehouse.health;

import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.StatusRange;
import java.nio.charset.Charset;
import java.util.stream.Collectors;

/** Compares an answer with what a probe expects (PRB-8, PRB-9). Stateless, pure. */
final class ProbeJudge {
    /** No more of a body is read or compared. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int QUOTED_CHARACTERS = 80;

    private ProbeJudge() {}

    static boolean needsBody(ProbeRequest request, int status) {
        return request.match().accepts(status) && !request.match().body().isEmpty();
    }

    static ProbeResult status(ProbeRequest request, int status) {
        if (request.match().accepts(status)) {
            return new ProbeResult(ProbeCause.SUCCESS, success(status));
        }
        return new ProbeResult(
                ProbeCause.STATUS_MISMATCH,
                wrongStatus(status),
                "Expected " + expected(request.match()) + " from " + request.address() + request.path() + " (Host "
                        + request.hostHeader() + ").");
    }

    /** PRB-21. */
    static String success(int status) {
        return "Success. Received " + status + " status code";
    }

    /** PRB-21. */
    static String wrongStatus(int status) {
        return "Received invalid status code: " + status + " in the backend server's HTTP response.";
    }

    static ProbeResult body(ProbeRequest request, int status, byte[] body, Charset charset) {
        String wanted = request.match().body();
        if (new String(body, charset).contains(wanted)) {
            return status(request, status);
        }
        return new ProbeResult(
                ProbeCause.BODY_MISMATCH,
                "The body of the answer from " + request.address() + request.path() + " (status " + status
                        + ") does not contain the text \"" + quoted(wanted) + "\" in the " + body.length
                        + " bytes read (limit " + MAX_BODY_BYTES + ").");
    }

    private static String expected(ProbeMatch match) {
        return match.statusCodes().stream().map(StatusRange::toString).collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "...";
    }
}
