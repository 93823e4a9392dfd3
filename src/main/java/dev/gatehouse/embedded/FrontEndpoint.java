package dev.gatehouse.embedded;

import dev.gatehouse.tls.SocketTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.apache.tomcat.util.net.TLSClientHelloExtractor.ExtractorResult;
import org.apache.tomcat.util.net.openssl.ciphers.Cipher;
import org.apache.tomcat.util.net.openssl.ciphers.Group;
import org.apache.tomcat.util.net.openssl.ciphers.SignatureScheme;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's endpoint, which lets clients in only when it is told to, and tells when one speaks plain HTTP to it instead
 * of TLS (REQ-3). Thread-safe.
 */
final class FrontEndpoint extends NioEndpoint {
    // A socket of a new configuration is bound before that configuration is served: who connects then waits for it in
    // the system's queue, rather than to be told that no listener is known.
    private final CountDownLatch admission = new CountDownLatch(1);
    private volatile PlainHttpListener listener = (client, port) -> {};
    private volatile @Nullable SocketTls tls;

    void onPlainHttp(PlainHttpListener next) {
        listener = next;
    }

    /** What clients of an Https socket are shown from their next handshake on; those who are connected do not notice. */
    void show(SocketTls next) {
        @Nullable SocketTls former = tls;
        tls = former == null ? next : next.after(former);
    }

    void admit() {
        admission.countDown();
    }

    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        admission.await();
        return super.serverSocketAccept();
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffer) {
        return isSSLEnabled() ? new TellingChannel(buffer, this) : new NioChannel(buffer);
    }

    // Tomcat's own way knows one policy for a name that stands alone or begins with an asterisk.
    @Override
    protected SSLEngine createSSLEngine(
            String serverName,
            List<Cipher> suites,
            List<String> applicationProtocols,
            List<String> versions,
            List<Group> groups,
            List<SignatureScheme> signatures) {
        SocketTls shown = Objects.requireNonNull(tls, "an Https socket was not told what to show");
        List<String> common = new ArrayList<>(negotiableProtocols);
        common.retainAll(applicationProtocols == null ? List.of() : applicationProtocols);
        try {
            return shown.engine(serverName, common);
        } catch (SSLHandshakeException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class TellingChannel extends SecureNioChannel {
        private final FrontEndpoint owner;

        TellingChannel(SocketBufferHandler buffer, FrontEndpoint owner) {
            super(buffer, owner);
            this.owner = owner;
        }

        @Override
        protected int processSNI() throws IOException {
            try {
                return super.processSNI();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (IllegalStateException e) {
                throw new IOException("no hello of TLS", e); // Tomcat gave up reading it: it is larger than its buffer
            } catch (IOException e) {
                // It was answered with the bytes of USE_TLS_RESPONSE; TomcatServer put ours there.
                if (new TLSClientHelloExtractor(netInBuffer).getResult() == ExtractorResult.NON_SECURE) {
                    owner.listener.plainHttp(socketWrapper.getRemoteAddr(), socketWrapper.getLocalPort());
                }
                throw e;
            }
        }
    }
}
