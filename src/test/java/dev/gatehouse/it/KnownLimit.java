package dev.gatehouse.it;

/** What a home cannot do, and why. A test that meets one shows what the home does instead. */
enum KnownLimit {
    /** Seen on Undertow 2.3. */
    FIELD_ORDER("WildFly hands request fields over in hash order; duplicates of one name keep theirs"),
    /** Seen on Undertow 2.3. */
    EMPTY_QUERY("WildFly does not tell an empty query (/a?) from none"),
    /** Servlet 6.0 §10.5. */
    CONTAINERS_OWN_PATHS("a servlet container answers 404 to /WEB-INF and /META-INF before any filter runs"),
    /** websocket.md trap T3. */
    CLIENT_CLOSE_CODES("the container's frame reader turns a client's 1012, 1013 and 1014 into 1002"),
    /** Seen on Undertow 2.3. */
    OFFERED_CIPHERS("WildFly does not tell which cipher suites a client offered"),
    /** Seen on Undertow 2.3. */
    FIELD_BLANKS("WildFly makes one space of tabs and of several blanks within the value of a request field"),
    /** Seen on Undertow 2.3. */
    FIELD_CASE("WildFly gives all fields of a name the case of the first"),
    /** Seen on Undertow 2.3. */
    LEADING_QUESTION_MARKS("WildFly takes a question mark off a query that begins with one (/a??b)"),
    /** Seen on Undertow 2.3. */
    BACKSLASH_DOTS("WildFly takes two dots between backslashes for a step up, and answers 400 before any filter runs"),
    /** Seen on Undertow 2.3. */
    NOT_MODIFIED_LENGTH("WildFly takes the Content-Length out of a 304"),
    /** Seen on Undertow 2.3. */
    HEAD_NO_CONTENT("WildFly adds Content-Length: 0 to a 204 that answers HEAD"),
    /** JSSE in Tomcat and Elytron have no way to take any certificate and leave the judgement to others. */
    STRANGERS_FAIL_IN_THE_HANDSHAKE(
            "a container judges clients' certificates in the handshake, before any filter runs"),
    /** Tomcat since 8.5. */
    REASON_PHRASE("Tomcat sends a status without a reason phrase");

    private final String words;

    KnownLimit(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
