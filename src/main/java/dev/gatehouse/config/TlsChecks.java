package dev.gatehouse.config;

import dev.gatehouse.document.Problems;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.tls.PolicyOffer;

/** Everything about TLS that can only be said once the whole gateway is read. Confined to one load. */
final class TlsChecks {
    private final TlsTables tls;
    private final PolicyChecks policies;
    private final CertificateChecks certificates;
    private final TrustChecks trust;

    TlsChecks(TlsTables tls, LocalFile local, Surroundings surroundings, boolean isV1, Problems problems) {
        this.tls = tls;
        this.policies = new PolicyChecks(tls, isV1, surroundings.jvm(), problems);
        this.certificates = new CertificateChecks(
                local,
                surroundings,
                listener -> PolicyOffer.of(tls.configuration().policyOf(listener), isV1, surroundings.jvm())
                        .possible(),
                problems);
        this.trust = new TrustChecks(local, surroundings, problems);
    }

    void check(Table<HttpListener> listeners, Table<BackendHttpSettings> settings, LayerFourTables layerFour) {
        policies.check(listeners);
        certificates.check(tls.certificates(), listeners, users(listeners, layerFour, "sslCertificate"));
        policies.checkProfiles(users(listeners, layerFour, "sslProfile"));
        String roots = "trustedRootCertificates";
        trust.checkRoots(tls.roots(), new Uses().of(settings, roots).of(layerFour.settings(), roots));
        trust.checkClients(tls.clients(), new Uses().of(tls.profiles(), "trustedClientCertificates"));
        trust.checkAuthentication(tls.authentication(), new Uses().of(settings, "authenticationCertificates"));
    }

    private static Uses users(Table<HttpListener> listeners, LayerFourTables layerFour, String key) {
        return new Uses().of(listeners, key).of(layerFour.listeners(), key);
    }
}
