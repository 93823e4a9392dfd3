package dev.gatehouse.exchange;

/** Changes the head of a backend's answer before the client gets it (REQ-30, REQ-31). Confined to one exchange. */
@FunctionalInterface
public interface ResponseRewrite {
    /**
     * Changes the fields of an answer. Those that belong to one hop are gone already; Content-Length is among them to
     * be read, and stays as it is (REQ-43).
     *
     * @param status its status
     * @param fields its fields
     * @param own fields that the gateway adds itself, such as its cookies: only changes that choose by value see them,
     *     and nothing else takes them away (REQ-31, REQ-35)
     */
    void apply(int status, HeaderFields fields, HeaderFields own);
}
