package dev.gatehouse.model;

/** The four kinds of redirect and their status (REQ-24). There is no 308. */
public enum RedirectType {
    /** 301. */
    PERMANENT("Permanent", 301),
    /** 302. */
    FOUND("Found", 302),
    /** 303. */
    SEE_OTHER("SeeOther", 303),
    /** 307. */
    TEMPORARY("Temporary", 307);

    private final String azureName;
    private final int status;

    RedirectType(String azureName, int status) {
        this.azureName = azureName;
        this.status = status;
    }

    /**
     * The spelling that Azure prints.
     *
     * @return for example {@code SeeOther}
     */
    public String azureName() {
        return azureName;
    }

    /**
     * The status sent.
     *
     * @return 301, 302, 303 or 307
     */
    public int status() {
        return status;
    }
}
