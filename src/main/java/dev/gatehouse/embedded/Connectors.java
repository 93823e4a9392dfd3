package dev.gatehouse.embedded;

import dev.gatehouse.model.ClientLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.UpgradeProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Sockets of listeners as Tomcat connectors, set so that requests reach our filters as they were sent. Stateless. */
final class Connectors {
    /** Most header fields; Tomcat's 100 are few for a gateway, and the time to look through them grows with the square. */
    static final int MAX_FIELDS = 1000;

    // Beyond what may come by limits.uri and limits.headers: our filter, not Tomcat, is to say which was too large.
    private static final int SPARE_HEAD_BYTES = 8 * 1024;
    private static final int MAX_ANSWER_HEAD_BYTES = 72 * 1024;
    // Tomcat keeps both buffers for as long as a connection is open, idle WebSocket sessions included: four times as
    // much
    // makes 64 KiB bodies a third cheaper and an idle session more than twice as heavy (docs/performance.md).
    private static final int BUFFER_BYTES = 16 * 1024;
    // Browsers and scripts send these unencoded, and Azure passes them on.
    private static final String RELAXED = "\"<>[\\]^`{|}";

    private Connectors() {}

    /**
     * Makes a connector; nothing is opened before it is started.
     *
     * @param socket what to open
     */
    static Connector of(ListenerSocket socket) {
        Connector connector = new Connector(new FrontProtocol(socket.use()));
        connector.setThrowOnFailure(true);
        connector.setPort(socket.address().port());
        set(connector, "address", socket.address().address());
        set(connector, "bindOnInit", "false"); // bound at start, so that a stop can close it before the rest
        passEverything(connector);
        setSizes(connector, socket);
        if (socket.tls() != null) {
            secure(connector);
        }
        if (socket.http2()) {
            connector.addUpgradeProtocol(new FrontHttp2());
        }
        limit(connector, socket.limits());
        return connector;
    }

    /**
     * Sets all limits but the size of heads. Tomcat looks at them for every connection or request, so this may be done
     * while it runs.
     */
    static void limit(Connector connector, ClientLimits limits) {
        setPatience(connector, limits);
        for (UpgradeProtocol protocol : connector.findUpgradeProtocols()) {
            ((FrontHttp2) protocol).limit(limits);
        }
    }

    /** Bytes of a head that a connector must take; it cannot be changed once its buffers are there. */
    static int headBytes(ClientLimits limits) {
        return limits.uriBytes() + limits.headerBytes() + SPARE_HEAD_BYTES;
    }

    private static void passEverything(Connector connector) {
        // Every byte is a character in it: as UTF-8 a path with %FF would be refused before a filter sees it. Nothing
        // of
        // ours reads the decoded path.
        connector.setURIEncoding(StandardCharsets.ISO_8859_1.name());
        connector.setAllowBackslash(true);
        // As properties these two do nothing, without a word; they are the connector's own.
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        connector.setXpoweredBy(false);
        set(connector, "relaxedPathChars", RELAXED);
        set(connector, "relaxedQueryChars", RELAXED);
        set(connector, "continueResponseTiming", "onRead"); // REQ-8
    }

    private static void setSizes(Connector connector, ListenerSocket socket) {
        int threads = socket.use().threads();
        set(connector, "maxThreads", threads);
        set(connector, "minSpareThreads", socket.use().spareThreads());
        set(connector, "processorCache", threads);
        set(connector, "executorTerminationTimeoutMillis", 500); // whoever stops us has waited for requests already
        set(connector, "acceptCount", 1024);
        // No limit but the system's own on open files: a WebSocket session holds a connection for hours, and Tomcat's
        // 8192 would end in a silent stall.
        set(connector, "maxConnections", -1);
        set(connector, "maxKeepAliveRequests", -1);
        set(connector, "maxHttpRequestHeaderSize", headBytes(socket.limits()));
        set(connector, "maxHttpResponseHeaderSize", MAX_ANSWER_HEAD_BYTES);
        set(connector, "maxHeaderCount", MAX_FIELDS);
        set(connector, "tcpNoDelay", "true");
        set(connector, "useSendfile", "false");
        set(connector, "socket.appReadBufSize", BUFFER_BYTES);
        set(connector, "socket.appWriteBufSize", BUFFER_BYTES);
    }

    private static void setPatience(Connector connector, ClientLimits limits) {
        ((FrontProtocol) connector.getProtocolHandler()).setHeaderTimeout(limits.headerTimeout());
        set(connector, "keepAliveTimeout", millis(limits.keepAliveTimeout()));
        set(connector, "connectionTimeout", millis(limits.headerTimeout()));
        set(connector, "disableUploadTimeout", "false"); // Tomcat's word for: bodies have a time-out of their own
        set(connector, "connectionUploadTimeout", millis(limits.bodyTimeout()));
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }

    // FrontEndpoint makes the engines; the host that Tomcat insists on is never asked.
    private static void secure(Connector connector) {
        connector.setScheme("https");
        connector.setSecure(true);
        set(connector, "SSLEnabled", "true");
        // Azure routes on Host whatever SNI said (TLS-11).
        set(connector, "strictSni", "false");
        SSLHostConfig all = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(all, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setSslContext(new UnusedContext());
        all.addCertificate(certificate);
        connector.addSslHostConfig(all);
    }

    private static void set(Connector connector, String name, int value) {
        set(connector, name, Integer.toString(value));
    }

    private static void set(Connector connector, String name, String value) {
        if (!connector.setProperty(name, value)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a property of Tomcat's connector)");
        }
    }
}
