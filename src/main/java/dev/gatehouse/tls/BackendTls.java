package dev.gatehouse.tls;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.LocalSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How the gateway speaks TLS to the backends of one settings entry: which roots, which name (TLS-40 to TLS-43). Used by
 * live traffic, probes and WebSocket sessions alike. Immutable, thread-safe.
 */
public final class BackendTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final BackendHttpSettings settings;
    private final SSLContext context;
    private final X509ExtendedTrustManager judge;
    private final Set<X509Certificate> roots;

    /**
     * Builds trust for one settings entry.
     *
     * @param settings the settings; their protocol need not be Https
     * @param local where roots without data are found ({@code trust})
     * @throws TlsConfigurationException if a root cannot be read
     */
    public BackendTls(BackendHttpSettings settings, LocalSettings local) throws TlsConfigurationException {
        this.settings = settings;
        BackendTlsRules rules = settings.tls();
        try {
            judge = judge(rules, local);
            roots = new HashSet<>(List.of(judge.getAcceptedIssuers()));
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {judge}, null);
        } catch (GeneralSecurityException | IOException | TlsConfigurationException e) {
            throw new TlsConfigurationException(
                    "backendHttpSettingsCollection/" + settings.name() + ": cannot build trust: " + e.getMessage(), e);
        }
    }

    private X509ExtendedTrustManager judge(BackendTlsRules rules, LocalSettings local)
            throws GeneralSecurityException, IOException, TlsConfigurationException {
        if (isPinned()) {
            return new PinnedKeys(TrustAnchors.allowed(rules.authenticationCertificates(), local));
        }
        X509ExtendedTrustManager chain = rules.validateCertChainAndExpiry()
                ? TrustAnchors.manager(rules.trustedRootCertificates(), local)
                : new UncheckedChain(rules.validateSni());
        return new ToldTrust(chain, !rules.trustedRootCertificates().isEmpty(), rules.validateSni());
    }

    /** Who decides about backends' certificates. */
    X509ExtendedTrustManager judge() {
        return judge;
    }

    // TLS-45: where both lists are there the roots count.
    private boolean isPinned() {
        BackendTlsRules rules = settings.tls();
        return rules.trustedRootCertificates().isEmpty()
                && !rules.authenticationCertificates().isEmpty();
    }

    /**
     * Whether connections made by the one are as good as those made by the other.
     *
     * @param other for settings that ask for the same
     * @return true if both trust the same roots, or the same certificates
     */
    public boolean trustsTheSame(BackendTls other) {
        return isPinned() == other.isPinned() && roots.equals(other.roots);
    }

    /**
     * The name to send as SNI and to check (TLS-42).
     *
     * @param member the pool member
     * @param requestHost host of the client's request, without port
     * @return the name; empty if only an IP address is known, which is never sent
     */
    public Optional<String> serverName(BackendAddress member, String requestHost) {
        return sendable(configuredName().orElseGet(() -> pickedName(member, requestHost)));
    }

    /**
     * A host as SNI has it: without the dot that may end a name (RFC 6066 section 3).
     *
     * @param host a name or an IP literal
     * @return empty for an IP literal
     */
    public static Optional<String> sendable(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return Optional.of(name).filter(text -> !text.isEmpty() && !HostText.isIpLiteral(text));
    }

    /**
     * Whether the name depends on neither member nor request.
     *
     * @return {@code sniName}, else {@code hostName} of the settings, else empty
     */
    public Optional<String> configuredName() {
        String sniName = settings.tls().sniName();
        return Optional.ofNullable(
                sniName != null ? sniName : settings.hostOverride().hostName());
    }

    /**
     * A client engine, ready to begin its handshake.
     *
     * @param serverName name to send and to check; empty sends none and checks the chain alone (TLS-43)
     * @param port port dialled, for session reuse
     * @return a new engine
     */
    public SSLEngine engine(Optional<String> serverName, int port) {
        SSLEngine engine =
                serverName.map(name -> context.createSSLEngine(name, port)).orElseGet(context::createSSLEngine);
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(engine.getSSLParameters(), serverName));
        return engine;
    }

    /**
     * The context, for libraries that make sockets themselves; apply {@link #parameters} to each.
     *
     * @return the context
     */
    public SSLContext context() {
        return context;
    }

    /**
     * Sets name and checks.
     *
     * @param parameters the socket's or engine's parameters, changed in place
     * @param serverName as for {@link #engine}
     * @return the same parameters
     */
    public SSLParameters parameters(SSLParameters parameters, Optional<String> serverName) {
        parameters.setProtocols(PROTOCOLS);
        Optional<SNIServerName> name = serverName.map(ServerNames::of);
        parameters.setServerNames(name.map(List::of).orElse(List.of())); // or JSSE would send the host dialled
        boolean isCompared = name.filter(known -> !ServerNames.isUnusual(known)).isPresent();
        if (isCompared && settings.tls().validateSni() && !isPinned()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        return parameters;
    }

    private String pickedName(BackendAddress member, String requestHost) {
        return settings.hostOverride().pickFromBackendAddress() ? member.host() : requestHost;
    }
}
