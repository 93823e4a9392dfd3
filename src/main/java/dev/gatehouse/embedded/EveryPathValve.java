package dev.gatehouse.embedded;

import dev.gatehouse.gateway.AdminMark;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * In place of Tomcat's own last step before the filters, which answers 404 to /WEB-INF and /META-INF: here backends do.
 * Marks what came by the admin socket. Thread-safe.
 */
final class EveryPathValve extends ValveBase {
    EveryPathValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Wrapper wrapper = request.getWrapper();
        if (wrapper == null || wrapper.isUnavailable()) {
            response.sendError(Response.SC_NOT_FOUND);
            return;
        }
        if (request.getConnector().getProtocolHandler() instanceof FrontProtocol protocol
                && protocol.use() == ListenerSocket.Use.ADMIN) {
            AdminMark.put(request);
        }
        if (request.isAsyncSupported()) {
            request.setAsyncSupported(wrapper.getPipeline().isAsyncSupported());
        }
        wrapper.getPipeline().getFirst().invoke(request, response);
    }
}
