package dev.gatehouse.gateway;

import dev.gatehouse.exchange.CertificateChecks;
import dev.gatehouse.model.ClientAuthentication.Mode;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.tls.ClientCertificates;
import dev.gatehouse.tls.ClientVerdict;
import dev.gatehouse.tls.OcspTransport;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.tls.TrustMaterial;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges clients' certificates by the TLS profile of the listener they came to (TLS-30). Thread-safe. */
final class ProfileChecks implements CertificateChecks {
    private final Map<SslProfile, ClientCertificates> profiles = new HashMap<>();

    /**
     * Reads what the profiles trust.
     *
     * @param responders how OCSP responders are asked
     * @throws TlsConfigurationException if an upload cannot be read, or one is missing
     */
    ProfileChecks(GatewayConfiguration configuration, OcspTransport responders) throws TlsConfigurationException {
        TrustMaterial trust = new TrustMaterial(configuration.local(), System::getenv);
        for (SslProfile profile : configuration.gateway().tls().sslProfiles()) {
            if (profile.clientAuthentication().mode() != Mode.OFF) {
                profiles.put(profile, ClientCertificates.of(profile, trust, responders, Clock.systemUTC()));
            }
        }
    }

    @Override
    public Verdict judge(HttpListener listener, List<X509Certificate> chain) {
        @Nullable SslProfile profile = listener.sslProfile();
        @Nullable ClientCertificates judge = profile == null ? null : profiles.get(profile);
        if (judge == null) {
            return NONE.judge(listener, chain);
        }
        ClientVerdict verdict = judge.judge(chain);
        boolean isLetIn = verdict.kind() == ClientVerdict.Kind.SUCCESS || !listener.needsClientCertificate();
        return new Verdict(isLetIn, verdict.azureText());
    }
}
