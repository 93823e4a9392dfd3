package dev.gatehouse.rewrite;

import dev.gatehouse.model.RewriteValue;
import dev.gatehouse.model.UrlRewrite;
import org.jspecify.annotations.Nullable;

/** A change of path and query, compiled (REQ-31). Immutable, thread-safe. */
final class UrlChange {
    private final @Nullable Template path;
    private final @Nullable Template query;

    UrlChange(UrlRewrite rewrite) {
        this.path = template(rewrite.modifiedPath());
        this.query = template(rewrite.modifiedQueryString());
    }

    private static @Nullable Template template(@Nullable RewriteValue value) {
        return value == null ? null : new Template(value);
    }

    /** The texts made, before either is put in place: the new query may hold the old path. */
    Made make(Message message, Captures captures) {
        return new Made(
                path == null ? null : WireText.path(path.fill(message, captures)),
                query == null ? null : WireText.query(query.fill(message, captures)));
    }

    /** Path and query to put in place, each absent to keep what is there. */
    record Made(@Nullable String path, @Nullable String query) {
        void apply(Message message) {
            if (path != null) {
                message.path(path);
            }
            if (query != null) {
                message.query(query);
            }
        }
    }
}
