package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.AuthenticationCertificate;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.SslPolicy;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.model.TlsConfiguration;
import dev.gatehouse.model.TrustedClientCertificate;
import dev.gatehouse.model.TrustedRootCertificate;
import dev.gatehouse.tls.TrustMaterial;
import java.util.Optional;

/**
 * Everything of one gateway that is about TLS, read (sections 4.5 and 4.6). Confined to one load.
 *
 * @param certificates of listeners
 * @param roots of backends
 * @param authentication certificates of backends of v1
 * @param clients CAs of clients
 * @param profiles of listeners
 * @param policy what holds where a profile has none; empty if it could not be read
 * @param policyPlace where it stands, or would stand
 * @param isPolicyGiven whether the user chose it
 */
record TlsTables(
        Table<SslCertificate> certificates,
        Table<TrustedRootCertificate> roots,
        Table<AuthenticationCertificate> authentication,
        Table<TrustedClientCertificate> clients,
        Table<SslProfile> profiles,
        Optional<SslPolicy> policy,
        Place policyPlace,
        boolean isPolicyGiven) {
    private static final String DEFAULT_POLICY = "defaultPredefinedSslPolicy";

    static TlsTables read(
            TableReader tables,
            ConfigObject gateway,
            boolean isV1,
            LocalSettings local,
            Surroundings surroundings,
            Problems problems) {
        CertificateReader reader =
                new CertificateReader(new TrustMaterial(local, surroundings.environment()), problems);
        SslPolicyReader policies = new SslPolicyReader(isV1, problems);
        Table<TrustedClientCertificate> clients = tables.read("trustedClientCertificates", reader::client);
        Optional<ConfigObject> given =
                gateway.get("sslPolicy").filter(ObjectNode.class::isInstance).isPresent()
                        ? gateway.object("sslPolicy").filter(SslPolicyReader::isGiven)
                        : Optional.empty();
        return new TlsTables(
                tables.read("sslCertificates", reader::certificate),
                tables.read("trustedRootCertificates", reader::root),
                tables.read("authenticationCertificates", reader::authentication),
                clients,
                tables.read("sslProfiles", new ProfileReader(clients, policies, problems)::profile),
                given.isPresent() ? given.flatMap(policies::policy) : unchosen(gateway, policies),
                gateway.placeOf(given.isPresent() || !gateway.isStated(DEFAULT_POLICY) ? "sslPolicy" : DEFAULT_POLICY),
                given.isPresent());
    }

    /** CFG-18: an export says which policy holds if the user chose none; else it is today's default. */
    private static Optional<SslPolicy> unchosen(ConfigObject gateway, SslPolicyReader policies) {
        return gateway.isStated(DEFAULT_POLICY)
                ? policies.byName(gateway, DEFAULT_POLICY)
                : Optional.of(SslPolicy.DEFAULT);
    }

    TlsConfiguration configuration() {
        return new TlsConfiguration(policy.orElse(SslPolicy.DEFAULT), profiles.values());
    }
}
