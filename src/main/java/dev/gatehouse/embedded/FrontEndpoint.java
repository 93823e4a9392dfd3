package dev.gatehouse.embedded;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.apache.tomcat.util.net.TLSClientHelloExtractor.ExtractorResult;

/**
 * Tomcat's endpoint, which lets clients in only when it is told to, and tells when one speaks plain HTTP to it instead
 * of TLS (REQ-3). Thread-safe.
 */
final class FrontEndpoint extends NioEndpoint {
    // A socket of a new configuration is bound before that configuration is served: who connects then waits for it in
    // the system's queue, rather than to be told that no listener is known.
    private final CountDownLatch admission = new CountDownLatch(1);
    private volatile PlainHttpListener listener = (client, port) -> {};

    void onPlainHttp(PlainHttpListener next) {
        listener = next;
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
