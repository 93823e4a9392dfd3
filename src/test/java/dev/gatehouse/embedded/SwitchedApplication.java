package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.gateway.GatewayContextListener.Launch;
import dev.gatehouse.gateway.Stopping;
import dev.gatehouse.model.AdminSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An application with the three kinds of traffic that a change of sockets or a stop may meet: plain requests, {@code
 * /slow} ones that wait for {@link #release}, and {@code /upgrade} to a protocol that sends every byte back until it is
 * told goodbye. Notes the order in which it is stopped.
 */
final class SwitchedApplication implements ServletContextListener, Stopping {
    final CountDownLatch slowArrived = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final List<String> stops = new CopyOnWriteArrayList<>();
    private final Set<EchoProtocol> sessions = ConcurrentHashMap.newKeySet();
    private volatile Launch launch;

    /** Takes the place of the gateway. */
    SwitchedApplication launched(Launch with) {
        launch = with;
        return this;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext()
                .addFilter("all", new Answer(this))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void beginStop() {
        stops.add("begin");
        sessions.forEach(EchoProtocol::sayGoodbye);
    }

    @Override
    public boolean hasSessions() {
        return !sessions.isEmpty();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stops.add("end");
    }

    private static final class Answer extends HttpFilter {
        private static final long serialVersionUID = 1;
        private final transient SwitchedApplication owner;

        Answer(SwitchedApplication owner) {
            this.owner = owner;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            switch (request.getRequestURI()) {
                case "/upgrade" -> upgrade(request, response);
                case "/late-upgrade" -> {
                    awaitRelease();
                    upgrade(request, response);
                }
                case "/slow" -> {
                    awaitRelease();
                    answer(request, response);
                }
                default -> answer(request, response);
            }
        }

        private void upgrade(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.setStatus(101);
            response.setHeader("Connection", "Upgrade");
            response.setHeader("Upgrade", "echo");
            EchoProtocol session = request.upgrade(EchoProtocol.class);
            session.owner = owner;
            owner.sessions.add(session);
        }

        private boolean isAdmin(HttpServletRequest request) {
            return owner.launch
                    .sockets()
                    .admin(AdminSettings.DEFAULT)
                    .filter(address -> address.port() == request.getLocalPort())
                    .isPresent();
        }

        private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String words = request.getMethod() + " " + request.getRequestURI() + " " + request.getScheme() + " "
                    + request.getProtocol() + (isAdmin(request) ? " admin" : "");
            response.setContentLength(words.length());
            response.getOutputStream().write(words.getBytes(US_ASCII));
        }

        private void awaitRelease() {
            owner.slowArrived.countDown();
            try {
                owner.release.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Sends back what comes, without a thread of its own as sessions of the gateway. */
    public static final class EchoProtocol implements HttpUpgradeHandler, ReadListener {
        private volatile SwitchedApplication owner;
        private volatile WebConnection connection;

        @Override
        public void init(WebConnection opened) {
            connection = opened;
            try {
                opened.getInputStream().setReadListener(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (!owner.stops.isEmpty()) {
                sayGoodbye(); // its 101 came after the others were told
            }
        }

        @Override
        public void onDataAvailable() throws IOException {
            ServletInputStream in = connection.getInputStream();
            while (in.isReady()) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                connection.getOutputStream().write(next);
                connection.getOutputStream().flush();
            }
        }

        @Override
        public void onAllDataRead() {
            try {
                connection.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            destroy();
        }

        @Override
        public void onError(Throwable cause) {
            destroy();
        }

        void sayGoodbye() {
            try {
                connection.getOutputStream().write('!');
                connection.getOutputStream().flush();
            } catch (IOException | IllegalStateException e) {
                destroy(); // the client is gone
            }
        }

        @Override
        public void destroy() {
            owner.sessions.remove(this);
        }
    }
}
