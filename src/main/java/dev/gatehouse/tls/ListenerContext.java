package dev.gatehouse.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Makes the engines of one listener; its sessions are resumed by its clients alone. Thread-safe. */
final class ListenerContext {
    private final SSLContext context;
    private final String[] protocols;
    private final String[] suites;
    private final boolean asksClients;

    private ListenerContext(SSLContext context, ListenerIdentity identity) {
        this.context = context;
        this.protocols = identity.offer().protocols().toArray(String[]::new);
        List<String> all = new ArrayList<>(identity.offer().tls13Suites());
        all.addAll(identity.offer().tls12Suites());
        this.suites = all.stream().map(JvmTls::jsseName).toArray(String[]::new);
        this.asksClients = identity.asksClients();
    }

    static ListenerContext of(ListenerIdentity identity) throws TlsConfigurationException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new OneKeyManager(identity.key())},
                    new TrustManager[] {new AnyClient(identity.clientIssuers())},
                    null);
            return new ListenerContext(context, identity);
        } catch (GeneralSecurityException e) {
            throw new TlsConfigurationException(
                    "httpListeners/" + identity.listener().name() + ": this JVM cannot offer TLS: " + e.getMessage(),
                    e);
        }
    }

    SSLEngine engine(List<String> applicationProtocols) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols);
        parameters.setCipherSuites(suites);
        parameters.setUseCipherSuitesOrder(true); // TLS-20: the policy's order decides
        if (asksClients) {
            parameters.setWantClientAuth(true); // TLS-31: wanted, never needed
        }
        if (!applicationProtocols.isEmpty()) {
            parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
