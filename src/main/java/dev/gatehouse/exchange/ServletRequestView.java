package dev.gatehouse.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
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
        @Nullable String value = request.getHeader(name);
        return value == null && name.equals("Host") ? authority() : value;
    }

    // HTTP/2 with :authority alone: Tomcat makes no Host of it, but the port belongs to the Host that backends get
    // (REQ-39). The protocol of a request line that was refused is null.
    private @Nullable String authority() {
        @Nullable String name = request.getServerName();
        if (name == null || name.isEmpty() || !"HTTP/2.0".equals(request.getProtocol())) {
            return null;
        }
        int port = request.getServerPort();
        return port <= 0 || port == (request.isSecure() ? 443 : 80) ? name : name + ':' + port;
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
    public void eachField(HeaderSink sink) {
        if (!RequestFields.each(request, sink)) {
            RequestView.super.eachField(sink);
        }
    }

    @Override
    public long contentLength() {
        return request.getContentLengthLong();
    }

    @Override
    public String serverName() {
        @Nullable String name = request.getServerName();
        return name == null ? "" : name;
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

    @Override
    public ClientTls tls() {
        if (!request.isSecure()) {
            return ClientTls.NONE;
        }
        return new ClientTls(
                protocolOfTls(),
                text("jakarta.servlet.request.cipher_suite"),
                text("org.apache.tomcat.util.net.secure_requested_ciphers"),
                request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain
                        ? List.of(chain)
                        : List.of());
    }

    @Override
    public String serverNameIndication() {
        return request.isSecure() ? ServerNameIndication.of(request).toLowerCase(Locale.ROOT) : "";
    }

    /**
     * Version of the client's TLS.
     *
     * @return for example {@code TLSv1.3}; empty without TLS
     */
    public String secureProtocol() {
        return request.isSecure() ? protocolOfTls() : "";
    }

    /**
     * Cipher suite of the client's TLS.
     *
     * @return JSSE's name; empty without TLS
     */
    public String cipher() {
        return request.isSecure() ? text("jakarta.servlet.request.cipher_suite") : "";
    }

    private String protocolOfTls() {
        String told = text("jakarta.servlet.request.secure_protocol"); // Servlet 6.1
        return told.isEmpty() ? SecureProtocol.known() : told;
    }

    private String text(String attribute) {
        return request.getAttribute(attribute) instanceof String text ? text : "";
    }
}
