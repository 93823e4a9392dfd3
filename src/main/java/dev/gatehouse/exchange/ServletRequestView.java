package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * A request that a container received. Confined to one exchange.
 *
 * @param request as the container gave it
 * @param identity whom its token names; null for nobody
 */
public record ServletRequestView(
        HttpServletRequest request, @Nullable String identity) implements RequestView {
    /**
     * A request without a judged token.
     *
     * @param request as the container gave it
     */
    public ServletRequestView(HttpServletRequest request) {
        this(request, null);
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String protocol() {
        return request.getProtocol();
    }

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public Enumeration<String> headers(String name) {
        return request.getHeaders(name);
    }

    @Override
    public Enumeration<String> headerNames() {
        return request.getHeaderNames();
    }

    @Override
    public long contentLength() {
        return request.getContentLengthLong();
    }

    @Override
    public String serverName() {
        return request.getServerName();
    }

    @Override
    public String remoteAddress() {
        return request.getRemoteAddr();
    }

    @Override
    public int remotePort() {
        return request.getRemotePort();
    }

    @Override
    public String localAddress() {
        return request.getLocalAddr();
    }

    @Override
    public int localPort() {
        return request.getLocalPort();
    }
}
