package dev.gatehouse.observe;

import java.io.IOException;

/** How lines of the access log look. Confined to one thread. */
interface AccessFormat {
    /** Writes the line of a request. */
    void write(AccessLine line) throws IOException;

    /** Writes the line of a session that opened or is over. */
    void write(SessionLine line) throws IOException;
}
