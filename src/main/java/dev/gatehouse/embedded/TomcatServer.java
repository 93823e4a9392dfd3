package dev.gatehouse.embedded;

import dev.gatehouse.gateway.FrontRefusals;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.tls.ListenerTls;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.apache.tomcat.websocket.server.WsSci;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded Tomcat with one application at the root and one connector per socket, built without scanning. Started
 * once, stopped once; thread-safe.
 */
final class TomcatServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TomcatServer.class);
    private static final long POLL_MILLIS = 20;

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final Duration gracefulStop;
    private final List<Connector> connectors = new ArrayList<>();
    private Optional<FrontRefusals> refusals = Optional.empty();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private TomcatServer(Path directory, Duration gracefulStop) {
        this.directory = directory;
        this.gracefulStop = gracefulStop;
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
        Ports.requireFree(sockets.stream().map(ListenerSocket::address).toList());
        Registry.disableRegistry(); // JMX beans of Tomcat's parts: nobody asks for them, and they cost start-up time
        TomcatServer server = new TomcatServer(temporaryDirectory(), gracefulStop);
        try {
            server.startApplication(application);
            for (ListenerSocket socket : sockets) {
                server.open(socket);
            }
            return server;
        } catch (LifecycleException | StartRefusedException | RuntimeException e) {
            server.close();
            throw e instanceof StartRefusedException refused
                    ? refused
                    : new StartRefusedException("cannot start: " + e.getMessage(), e);
        }
    }

    /** The port that each socket has, in the order they were handed over. */
    List<Integer> localPorts() {
        return connectors.stream().map(Connector::getLocalPort).toList();
    }

    /** Takes no more connections, waits for requests under way, then stops; sessions are told that we go away. */
    @Override
    public void close() {
        if (isClosed.getAndSet(true)) {
            return;
        }
        for (Connector connector : connectors) {
            connector.pause();
            connector.getProtocolHandler().closeServerSocketGraceful();
        }
        awaitRequests();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            LOG.warn("the server did not stop cleanly", e);
        }
        deleteDirectory();
    }

    private void startApplication(ServletContextListener application) throws LifecycleException, StartRefusedException {
        tomcat.setBaseDir(directory.toString());
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setAutoDeploy(false);
        host.setErrorReportValveClass(""); // ours is there already
        RefusalValve valve = new RefusalValve();
        host.getPipeline().addValve(valve);
        ApplicationInitializer initializer = new ApplicationInitializer(application);
        StandardContext context = context(initializer);
        host.addChild(context);
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            throw initializer.failure();
        }
        refusals = FrontRefusals.of(context.getServletContext());
        valve.answersBy(refusals);
        // The one place where Tomcat keeps it; of several gateways in a process the last one's page is sent.
        refusals.ifPresent(answers -> TLSClientHelloExtractor.USE_TLS_RESPONSE = answers.plainOnHttps());
    }

    private static StandardContext context(ApplicationInitializer initializer) {
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        context.setIgnoreAnnotations(true);
        context.setCookies(false);
        // Under exec:java our classes are not in the system class loader, where Tomcat would look.
        context.setParentClassLoader(TomcatServer.class.getClassLoader());
        context.setDelegate(true);
        // Searches for what a redeployed application would leave behind; here the process ends with it.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addServletContainerInitializer(new WsSci(), null); // before ours, which finds its ServerContainer set
        context.addServletContainerInitializer(initializer, null);
        context.getPipeline().setBasic(new EveryPathValve());
        Wrapper wrapper = Tomcat.addServlet(context, "nothing-behind", new NothingBehindServlet());
        wrapper.setAsyncSupported(true);
        wrapper.addMapping("/");
        return context;
    }

    private void open(ListenerSocket socket) throws StartRefusedException {
        Connector connector = Connectors.of(socket, ListenerTls.DEFAULT);
        refusals.ifPresent(
                answers -> ((FrontProtocol) connector.getProtocolHandler()).onPlainHttp(answers::logPlainOnHttps));
        connectors.add(connector);
        tomcat.getService().addConnector(connector); // the service runs: this starts it
        if (connector.getState() != LifecycleState.STARTED) {
            ListenAddress address = socket.address();
            throw new StartRefusedException(List.of("cannot open " + address + "; the log says why"));
        }
    }

    // Requests hold a thread of the connector, idle keep-alive connections and WebSocket sessions hold none: waiting
    // for
    // connections instead, as StandardService can, would use the whole time whenever a browser is around.
    private void awaitRequests() {
        long deadline = System.nanoTime() + gracefulStop.toNanos();
        try {
            while (connectors.stream().anyMatch(TomcatServer::isBusy) && System.nanoTime() - deadline < 0) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // asked to hurry: stop at once
        }
    }

    private static boolean isBusy(Connector connector) {
        return connector.getProtocolHandler().getExecutor() instanceof ThreadPoolExecutor threads
                && threads.getActiveCount() > 0;
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
