package dev.gatehouse.admin;

import dev.gatehouse.document.Problem;
import java.time.Duration;
import java.util.List;

/**
 * What became of a reload (config-model.md section 9). Immutable.
 *
 * @param result whether anything changed
 * @param generation number of the configuration now served, 1 for the one that the gateway started with
 * @param kept sessions and requests that go on as if nothing had happened
 * @param draining sessions and requests that end within the drain time-out
 * @param why one line for each thing that drains: what went away, and how many sessions and requests it had
 * @param changes what changed, in routing terms
 * @param problems everything found in the files; the errors among them if refused
 * @param reasons beyond what the files say, sockets, keys or trust that cannot be had: why it was refused, or what of it is
 *     not served
 * @param took from the start of the reading to the swap
 */
public record ReloadReport(
        Result result,
        long generation,
        int kept,
        int draining,
        List<String> why,
        List<String> changes,
        List<Problem> problems,
        List<String> reasons,
        Duration took) {
    /** How a reload ended. */
    public enum Result {
        /** The new configuration is served. */
        RELOADED,
        /** The files say what is served already. */
        UNCHANGED,
        /** The files are wrong; what was served before still is. */
        REFUSED
    }

    public ReloadReport {
        why = List.copyOf(why);
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        reasons = List.copyOf(reasons);
    }
}
