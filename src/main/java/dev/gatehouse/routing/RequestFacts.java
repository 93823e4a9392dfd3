package dev.gatehouse.routing;

import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** What advanced routing asks of a request besides its host and path (section 4.18). */
public interface RequestFacts {
    /** A GET with neither query nor fields, from nowhere: for whoever describes routes without a request. */
    RequestFacts BARE = new RequestFacts() {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public Enumeration<String> headers(String name) {
            return Collections.emptyEnumeration();
        }

        @Override
        public String remoteAddress() {
            return "0.0.0.0";
        }
    };

    /**
     * Method.
     *
     * @return as sent, case included
     */
    String method();

    /**
     * Query of the request line.
     *
     * @return still encoded, without its question mark; null if there is none
     */
    @Nullable
    String query();

    /**
     * All fields of a name.
     *
     * @param name field name, any case
     * @return their values in order; perhaps none
     */
    Enumeration<String> headers(String name);

    /**
     * Address of the client.
     *
     * @return an IP literal
     */
    String remoteAddress();
}
