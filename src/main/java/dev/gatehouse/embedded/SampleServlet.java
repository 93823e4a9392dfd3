package dev.gatehouse.embedded;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** The HTTP side of a sample backend: the chat page at {@code /}, elsewhere the request as it arrived, as text. */
final class SampleServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String PAGE = "chat.html";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Sample-Backend", backend(request));
        if (request.getRequestURI().equals("/")) {
            sendPage(response);
        } else {
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().write(mirror(request).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void sendPage(HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        try (@Nullable InputStream page = SampleServlet.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new IOException(PAGE + " is not in this build");
            }
            page.transferTo(response.getOutputStream());
        }
    }

    private static String mirror(HttpServletRequest request) throws IOException {
        StringBuilder text =
                new StringBuilder("backend ").append(backend(request)).append(" received:\n\n");
        text.append(request.getMethod()).append(' ').append(request.getRequestURI());
        if (request.getQueryString() != null) {
            text.append('?').append(request.getQueryString());
        }
        text.append(' ').append(request.getProtocol()).append('\n');
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                text.append(name).append(": ").append(value).append('\n');
            }
        }
        long bodyBytes = request.getInputStream().transferTo(OutputStream.nullOutputStream());
        return text.append('\n').append(bodyBytes).append(" bytes of body\n").toString();
    }

    private static String backend(HttpServletRequest request) {
        return request.getLocalAddr() + ":" + request.getLocalPort();
    }
}
