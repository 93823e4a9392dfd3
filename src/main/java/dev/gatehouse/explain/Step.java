package dev.gatehouse.explain;

/** The steps of a decision, in the order in which the gateway takes them. */
public enum Step {
    /** Where the URL's port leads. */
    SOCKET("socket"),
    /** The request itself: what was assumed, and whether rules may see it. */
    REQUEST("request"),
    /** The host. */
    LISTENER("listener"),
    /** The order among rules. */
    RULE("rule"),
    /** The pattern of the path map. */
    PATH_RULE("path rule"),
    /** The token that the rule asks for. */
    TOKEN("token"),
    /** What is changed before a backend gets it, and where that leads. */
    REWRITE("rewrite"),
    /** An answer without a backend. */
    REDIRECT("redirect"),
    /** The backends. */
    POOL("pool"),
    /** How they are spoken to. */
    SETTINGS("settings"),
    /** The member, and where it is. */
    BACKEND("backend");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /**
     * Its name for people.
     *
     * @return for example {@code path rule}
     */
    public String label() {
        return label;
    }
}
