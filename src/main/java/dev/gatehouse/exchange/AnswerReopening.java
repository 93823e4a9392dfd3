package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ServiceLoader;

/**
 * A container may take the answer out of our hands when it cannot read a client's body, and would send its own page: this
 * takes it back as long as nothing was sent (REQ-3, REQ-50). Thread-safe; found by {@link ServiceLoader}.
 */
public interface AnswerReopening {
    /**
     * Makes an answer ours again. Does nothing to one that is, or that has begun.
     *
     * @param request the request whose body could not be read
     * @param response its answer
     */
    void reopen(HttpServletRequest request, HttpServletResponse response);

    /**
     * Does so in the container that runs us.
     *
     * @param request the request whose body could not be read
     * @param response its answer
     */
    static void reopenIfTaken(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            for (AnswerReopening each :
                    ServiceLoader.load(AnswerReopening.class, AnswerReopening.class.getClassLoader())) {
                each.reopen(request, response);
            }
        }
    }
}
