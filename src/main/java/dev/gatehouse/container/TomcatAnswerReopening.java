package dev.gatehouse.container;

import dev.gatehouse.exchange.AnswerReopening;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;

/**
 * Tomcat calls sendError when reading a body fails, which shuts the answer for the application. Needs no Tomcat class to
 * be loaded. Stateless.
 */
public final class TomcatAnswerReopening implements AnswerReopening {
    private static final String FACADE = "org.apache.catalina.connector.ResponseFacade";

    /** For {@link java.util.ServiceLoader}. */
    public TomcatAnswerReopening() {}

    @Override
    public void reopen(HttpServletRequest request, HttpServletResponse response) {
        if (!response.getClass().getName().equals(FACADE)) {
            return; // another container
        }
        try {
            Object inner = Reflection.getter(response.getClass(), "response").invoke(response);
            if (inner instanceof HttpServletResponse own && !own.isCommitted()) {
                Method setSuspended = inner.getClass().getMethod("setSuspended", boolean.class);
                setSuspended.invoke(inner, false);
                request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION); // or Tomcat makes a page of it after ours
            }
        } catch (Throwable e) {
            Reflection.failed("answer after a broken body", e);
        }
    }
}
