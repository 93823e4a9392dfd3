package dev.gatehouse.embedded;

import dev.gatehouse.model.ListenAddress;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.time.Duration;
import java.util.List;

/** The backends of {@code demo}: a page, a mirror of any request, and a chat, on each of the ports. */
final class SampleBackends implements ServletContextListener {
    static final List<ListenAddress> ADDRESSES =
            List.of(new ListenAddress("127.0.0.1", 9001), new ListenAddress("127.0.0.1", 9002));

    private SampleBackends() {}

    /**
     * Starts them on their sockets. One application behind all: who meets in the chat does not depend on the backend
     * that the gateway picked.
     */
    static TomcatServer start(List<ListenAddress> addresses) throws StartRefusedException {
        return TomcatServer.start(
                addresses.stream().map(ListenerSocket::plain).toList(), new SampleBackends(), Duration.ZERO);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ServletRegistration.Dynamic servlet = context.addServlet("sample", new SampleServlet());
        servlet.addMapping("/*");
        ServerContainer container = (ServerContainer) context.getAttribute("jakarta.websocket.server.ServerContainer");
        try {
            container.addEndpoint(new ChatRoom().endpointConfig());
        } catch (DeploymentException e) {
            throw new IllegalStateException("the chat cannot be registered: " + e.getMessage(), e);
        }
    }
}
