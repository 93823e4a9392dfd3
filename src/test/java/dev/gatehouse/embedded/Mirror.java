package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An application of one filter that answers with what it was asked; {@code /slow} waits for {@link #release}. */
final class Mirror implements ServletContextListener {
    final CountDownLatch slowArrived = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    volatile boolean isStopped;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext()
                .addFilter("mirror", new Answer(this))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        isStopped = true;
    }

    private static final class Answer extends HttpFilter {
        private static final long serialVersionUID = 1;
        private final transient Mirror mirror;

        Answer(Mirror mirror) {
            this.mirror = mirror;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException {
            if (request.getRequestURI().equals("/slow")) {
                awaitRelease();
            }
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            response.setContentType("text/plain");
            byte[] answer = (request.getMethod() + " " + request.getRequestURI() + query + " " + request.getScheme()
                            + " " + request.getProtocol())
                    .getBytes(US_ASCII);
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }

        private void awaitRelease() {
            mirror.slowArrived.countDown();
            try {
                mirror.release.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
