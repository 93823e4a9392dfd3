package dev.gatehouse.embedded;

import java.io.IOException;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.TLSClientHelloExtractor;
import org.apache.tomcat.util.net.TLSClientHelloExtractor.ExtractorResult;

/** Tomcat's endpoint, which tells when a client speaks plain HTTP to it instead of TLS (REQ-3). */
final class FrontEndpoint extends NioEndpoint {
    private volatile PlainHttpListener listener = (client, port) -> {};

    void onPlainHttp(PlainHttpListener next) {
        listener = next;
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
