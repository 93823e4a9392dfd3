package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * The fields of a request line by line, where a container still has them: the Servlet API groups them by name, and shows
 * of equal names only the first one's case. Thread-safe.
 */
public interface RequestFields {
    /**
     * Whether the container that made a request is the one this is for.
     *
     * @param request a client's request
     * @return true if {@link #tell} may be called
     */
    boolean knows(HttpServletRequest request);

    /**
     * Tells all fields.
     *
     * @param request a client's request
     * @param sink takes them as they were sent
     * @return false if the container hides them; nothing was told then
     */
    boolean tell(HttpServletRequest request, HeaderSink sink);

    /**
     * Tells all fields, where the container can.
     *
     * @param request a client's request
     * @param sink takes them as they were sent
     * @return false if nothing was told
     */
    static boolean each(HttpServletRequest request, HeaderSink sink) {
        for (int i = 0; i < Known.ALL.size(); i++) {
            RequestFields fields = Known.ALL.get(i);
            if (fields.knows(request)) {
                return fields.tell(request, sink);
            }
        }
        return false;
    }

    /** Those of this class path. */
    final class Known {
        private static final List<RequestFields> ALL = ContainerParts.of(RequestFields.class);

        private Known() {}
    }
}
