package dev.gatehouse.tls;

/**
 * What was found of a client's certificate (TLS-31, TLS-36). Immutable.
 *
 * @param kind what came of it
 * @param reason why it is not good enough, in plain words; empty unless it failed
 */
public record ClientVerdict(Kind kind, String reason) {
    /** The client showed none. */
    static final ClientVerdict NONE = new ClientVerdict(Kind.NONE, "");

    /** It is what the profile asks for. */
    static final ClientVerdict SUCCESS = new ClientVerdict(Kind.SUCCESS, "");

    /** What came of it. */
    public enum Kind {
        /** There is no certificate. */
        NONE,
        /** It is good. */
        SUCCESS,
        /** It is not. */
        FAILED
    }

    static ClientVerdict failed(String reason) {
        return new ClientVerdict(Kind.FAILED, reason);
    }

    /**
     * As Azure's log and its server variable write it.
     *
     * @return {@code NONE}, {@code SUCCESS} or {@code FAILED:reason}
     */
    public String azureText() {
        return kind == Kind.FAILED ? "FAILED:" + reason : kind.name();
    }
}
