package dev.gatehouse.exchange;

/** Changes the head of a backend's answer before the client gets it (REQ-30, REQ-31). Confined to one exchange. */
@FunctionalInterface
public interface ResponseRewrite {
    /**
     * Changes the fields of an answer. Those that belong to one hop are gone already; framing is not among them.
     *
     * @param status its status
     * @param fields its fields
     */
    void apply(int status, HeaderFields fields);
}
