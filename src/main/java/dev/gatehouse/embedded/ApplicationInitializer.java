package dev.gatehouse.embedded;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts a listener object as if {@code web.xml} named its class: a listener that is handed to Tomcat as an object may
 * not register filters (Servlet 4.4), an initializer may.
 */
final class ApplicationInitializer implements ServletContainerInitializer {
    private final ServletContextListener application;
    private @Nullable RuntimeException failure;

    ApplicationInitializer(ServletContextListener application) {
        this.application = application;
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> ignored, ServletContext context) throws ServletException {
        context.setSessionTrackingModes(Set.of()); // none, not even ;jsessionid
        context.addListener(new StopListener(application)); // told of the end even if its start fails, as in web.xml
        try {
            application.contextInitialized(new ServletContextEvent(context));
        } catch (RuntimeException e) {
            failure = e;
            throw new ServletException(e.getMessage(), e);
        }
    }

    /** Why the application did not start. */
    StartRefusedException failure() {
        return failure == null
                ? new StartRefusedException(List.of("the application did not start; the log says why"))
                : new StartRefusedException(String.valueOf(failure.getMessage()), failure);
    }

    private record StopListener(ServletContextListener application) implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            application.contextDestroyed(event);
        }
    }
}
