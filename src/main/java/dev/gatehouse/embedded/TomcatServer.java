package dev.gatehouse.embedded;

import dev.gatehouse.gateway.FrontRefusals;
import dev.gatehouse.gateway.Stopping;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded Tomcat with one application at the root and one connector per socket. Started once, stopped once; sockets
 * come and go in between. Thread-safe.
 */
final class TomcatServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TomcatServer.class);
    private static final long POLL_MILLIS = 20;
    private static final int QUIET_LOOKS = 2; // at one of them a request may be between the selector and its thread

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final ServletContextListener application;
    private final List<OpenSocket> sockets = new CopyOnWriteArrayList<>(); // also those that listen no more
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile Optional<FrontRefusals> refusals = Optional.empty();
    private volatile Duration gracefulStop = Duration.ZERO;

    private TomcatServer(Path directory, ServletContextListener application) {
        this.directory = directory;
        this.application = application;
    }

    /**
     * Starts the application, then opens all sockets; if anything fails nothing stays open.
     *
     * @param sockets what to open
     * @param application told when it starts and stops; registers its filters then
     * @param gracefulStop longest wait for requests under way when it is closed
     * @throws StartRefusedException if a socket cannot be had or the application does not start
     */
    static TomcatServer start(List<ListenerSocket> sockets, ServletContextListener application, Duration gracefulStop)
            throws StartRefusedException {
        Ports.requireFree(sockets);
        TomcatServer server = start(application);
        try {
            server.gracefulStop = gracefulStop;
            for (ListenerSocket socket : sockets) {
                server.open(socket).admit();
            }
            return server;
        } catch (StartRefusedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Starts the application without any socket.
     *
     * @param application told when it starts and stops; registers its filters then
     * @throws StartRefusedException if it does not start; nothing is left of it then
     */
    static TomcatServer start(ServletContextListener application) throws StartRefusedException {
        Registry.disableRegistry(); // JMX beans of Tomcat's parts: nobody asks for them, and they cost start-up time
        TomcatServer server = new TomcatServer(temporaryDirectory(), application);
        try {
            server.startApplication();
            return server;
        } catch (LifecycleException | StartRefusedException | RuntimeException e) {
            server.close();
            throw e instanceof StartRefusedException refused
                    ? refused
                    : new StartRefusedException("cannot start: " + e.getMessage(), e);
        }
    }

    private void startApplication() throws LifecycleException, StartRefusedException {
        tomcat.setBaseDir(directory.toString());
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setAutoDeploy(false);
        host.setErrorReportValveClass(""); // ours is there already
        RefusalValve valve = new RefusalValve();
        host.getPipeline().addValve(valve);
        ApplicationInitializer initializer = new ApplicationInitializer(application);
        StandardContext context = RootContext.of(initializer);
        host.addChild(context);
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            throw initializer.failure();
        }
        refusals = FrontRefusals.of(context.getServletContext());
        valve.answersBy(refusals);
        refreshPages();
    }

    /** Takes over what the present configuration says of pages that Tomcat sends before any filter. */
    void refreshPages() {
        // The one place where Tomcat keeps it; of several gateways in a process the last one's page is sent.
        refusals.ifPresent(answers -> TLSClientHelloExtractor.USE_TLS_RESPONSE = answers.plainOnHttps());
    }

    /**
     * Binds a socket; clients wait until it admits them.
     *
     * @throws StartRefusedException if it cannot be had
     */
    OpenSocket open(ListenerSocket socket) throws StartRefusedException {
        OpenSocket open = OpenSocket.of(socket);
        refusals.ifPresent(answers -> open.onPlainHttp(answers::logPlainOnHttps));
        open.start(tomcat.getService());
        sockets.add(open);
        return open;
    }

    /** Ends a socket with all connections it has. */
    void close(OpenSocket socket) {
        socket.close();
        sockets.remove(socket);
    }

    /** Runs small tasks now and then; ends with the server. */
    ScheduledExecutorService ticks() {
        return tomcat.getServer().getUtilityExecutor();
    }

    /** The port that each socket has, in the order they were opened. */
    List<Integer> localPorts() {
        return sockets.stream().map(OpenSocket::localPort).toList();
    }

    /** Stops as {@link #stop} does, with the limit given at the start. */
    @Override
    public void close() {
        stop(gracefulStop);
    }

    /**
     * Takes no more connections of clients, has sessions told that we go away, waits for both and for requests under way,
     * then stops; the admin socket answers until then.
     *
     * @param limit longest wait, for everything together
     */
    void stop(Duration limit) {
        if (isClosed.getAndSet(true)) {
            return;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        traffic().forEach(OpenSocket::stopListening);
        if (application instanceof Stopping stopping) {
            stopping.beginStop();
        }
        awaitQuiet(deadline);
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            LOG.warn("the server did not stop cleanly", e);
        }
        deleteDirectory();
    }

    private List<OpenSocket> traffic() {
        return sockets.stream()
                .filter(open -> open.socket().use() == ListenerSocket.Use.TRAFFIC)
                .toList();
    }

    // Requests hold a thread of the connector, idle keep-alive connections hold none: waiting for connections instead,
    // as
    // StandardService can, would use the whole time whenever a browser is around.
    private void awaitQuiet(long deadline) {
        int quiet = 0;
        try {
            while (quiet < QUIET_LOOKS && System.nanoTime() - deadline < 0) {
                quiet = isBusy() ? 0 : quiet + 1;
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // asked to hurry: stop at once
        }
    }

    private boolean isBusy() {
        return traffic().stream().anyMatch(OpenSocket::isBusy)
                || application instanceof Stopping stopping && stopping.hasSessions();
    }

    private static Path temporaryDirectory() throws StartRefusedException {
        try {
            return Files.createTempDirectory("gatehouse");
        } catch (IOException e) {
            throw new StartRefusedException(
                    "cannot make a directory in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
                            + ". Make it writable, or name another with -Djava.io.tmpdir.",
                    e);
        }
    }

    private void deleteDirectory() {
        // The first Tomcat of a JVM leaves the name of its directory there, and the next one would make it again.
        System.getProperties().remove(Globals.CATALINA_HOME_PROP, directory.toString());
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", directory, e.getMessage());
        }
    }
}
