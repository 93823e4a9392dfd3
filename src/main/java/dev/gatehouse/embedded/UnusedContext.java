package dev.gatehouse.embedded;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands where Tomcat insists on a context for every name: {@link FrontEndpoint} makes all engines by the listener that a
 * client names. Stateless.
 */
final class UnusedContext implements SSLContext {
    @Override
    public void init(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {}

    @Override
    public void destroy() {}

    @Override
    public @Nullable SSLSessionContext getServerSessionContext() {
        return null;
    }

    @Override
    public SSLEngine createSSLEngine() {
        throw new IllegalStateException("a TLS engine was asked for past the listeners");
    }

    @Override
    public @Nullable SSLServerSocketFactory getServerSocketFactory() {
        return null;
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return new SSLParameters();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        return null;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
