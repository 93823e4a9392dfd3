package dev.gatehouse.health;

/**
 * How one probe ended. Immutable.
 *
 * @param cause which kind of end
 * @param log the sentence for {@code healthProbeLog} (PRB-21)
 * @param detail what that sentence does not say, such as the address and what was expected; may be empty
 */
public record ProbeResult(ProbeCause cause, String log, String detail) {
    ProbeResult(ProbeCause cause, String log) {
        this(cause, log, "");
    }

    /**
     * The whole story in plain words.
     *
     * @return sentence and detail
     */
    public String text() {
        return detail.isEmpty() ? log : log + " " + detail;
    }
}
