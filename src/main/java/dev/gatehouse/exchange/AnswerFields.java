package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets what the Servlet API cannot set as it is: containers take a Content-Type apart, forget what they do not know of it,
 * and put it together anew (REQ-46). Thread-safe.
 */
public interface AnswerFields {
    /**
     * Whether the container that made a request is the one this is for.
     *
     * @param request a client's request
     * @return true if the other methods may be called
     */
    boolean knows(HttpServletRequest request);

    /**
     * Adds a field as it is.
     *
     * @param request a client's request
     * @param response its answer, not begun
     * @param name field name
     * @param value field value, ISO-8859-1
     */
    void add(HttpServletRequest request, HttpServletResponse response, String name, String value);

    /**
     * Sets the words behind the status, where they are sent at all.
     *
     * @param request a client's request
     * @param phrase the words, ISO-8859-1, perhaps none
     */
    void reason(HttpServletRequest request, String phrase);

    /**
     * Takes the fields of an answer whose status is set.
     *
     * @param request a client's request
     * @param response its answer, not begun
     * @return adds each as it is, as far as the container lets us
     */
    static HeaderSink of(HttpServletRequest request, HttpServletResponse response) {
        @Nullable AnswerFields own = known(request);
        if (own == null) {
            return response::addHeader;
        }
        boolean isNotModified = response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED;
        return (name, value) -> {
            if (isReadByContainers(name, isNotModified)) {
                own.add(request, response, name, value);
            } else {
                response.addHeader(name, value);
            }
        };
    }

    // RFC 9110 §8.6: the length in 304 is that of what was not sent; set as a length it would be taken back.
    private static boolean isReadByContainers(String name, boolean isNotModified) {
        return switch (name.length()) {
            case 12 -> name.equalsIgnoreCase("Content-Type");
            case 14 -> isNotModified && name.equalsIgnoreCase("Content-Length");
            default -> false;
        };
    }

    /**
     * Sets the words behind the status, where the container sends any.
     *
     * @param request a client's request
     * @param phrase the words, ISO-8859-1; those too long for a status line change nothing
     */
    static void setReason(HttpServletRequest request, String phrase) {
        @Nullable AnswerFields own = known(request);
        if (own != null && phrase.length() <= Known.LONGEST_PHRASE && !FieldCheck.hasControl(phrase)) {
            own.reason(request, phrase);
        }
    }

    private static @Nullable AnswerFields known(HttpServletRequest request) {
        for (int i = 0; i < Known.ALL.size(); i++) {
            if (Known.ALL.get(i).knows(request)) {
                return Known.ALL.get(i);
            }
        }
        return null;
    }

    /** Those of this class path. */
    final class Known {
        private static final List<AnswerFields> ALL = ContainerParts.of(AnswerFields.class);
        private static final int LONGEST_PHRASE = 500;

        private Known() {}
    }
}
