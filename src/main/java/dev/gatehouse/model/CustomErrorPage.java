package dev.gatehouse.model;

import java.net.URI;
import java.nio.file.Path;

/**
 * A page to send in place of the built-in one (section 4.14, REQ-48). Immutable.
 *
 * @param statusCode the error it belongs to: 400, 403, 404, 405, 408, 500, 502, 503 or 504
 * @param source where its HTML is
 */
public record CustomErrorPage(int statusCode, Source source) {
    public CustomErrorPage {
        Checks.inRange("statusCode", statusCode, 400, 599);
    }

    /** Where the HTML of a page is. */
    public sealed interface Source {
        /** Nowhere: the page that was named cannot be used, the built-in one stands in (VAL-37). */
        record BuiltIn() implements Source {}

        /**
         * In a file of this machine, an extension of ours.
         *
         * @param path relative paths of the gateway file are resolved already
         */
        record File(Path path) implements Source {}

        /**
         * Behind a URL.
         *
         * @param url absolute, http or https
         */
        record Web(URI url) implements Source {}
    }
}
