package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AuthenticationCertificate;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.TrustedClientCertificate;
import dev.gatehouse.model.TrustedRootCertificate;
import dev.gatehouse.tls.TrustMaterial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of listeners, backends and clients as records (section 4.5). They are opened later, by
 * {@link CertificateChecks}: here it only matters whether something supplies them. Confined to one load.
 */
final class CertificateReader {
    private final TrustMaterial trust;
    private final Problems problems;

    CertificateReader(TrustMaterial trust, Problems problems) {
        this.trust = trust;
        this.problems = problems;
    }

    Optional<SslCertificate> certificate(String name, ConfigObject object) {
        Optional<ConfigObject> hsm = object.object("hsm");
        Optional<String> publicData = object.replaceableText("publicCertData")
                .or(() -> hsm.flatMap(key -> key.replaceableText("publicCertData")));
        return Optional.of(new SslCertificate(
                name,
                KeyData.of(object, "data").orElse(null),
                KeyData.password(object).orElse(null),
                object.replaceableText("keyVaultSecretId").orElse(null),
                publicData.orElse(null),
                hsm.flatMap(key -> key.replaceableText("keyId")).orElse(null)));
    }

    Optional<TrustedRootCertificate> root(String name, ConfigObject object) {
        TrustedRootCertificate root = new TrustedRootCertificate(
                name,
                KeyData.of(object, "data").orElse(null),
                object.replaceableText("keyVaultSecretId").orElse(null));
        require(
                name,
                object,
                root.data(),
                root.keyVaultSecretId(),
                "root certificate",
                "Https backends that need it will be refused");
        return Optional.of(root);
    }

    Optional<TrustedClientCertificate> client(String name, ConfigObject object) {
        TrustedClientCertificate client =
                new TrustedClientCertificate(name, KeyData.of(object, "data").orElse(null));
        require(name, object, client.data(), null, "client CA", "clients that need it will be refused");
        return Optional.of(client);
    }

    Optional<AuthenticationCertificate> authentication(String name, ConfigObject object) {
        AuthenticationCertificate allowed =
                new AuthenticationCertificate(name, KeyData.of(object, "data").orElse(null));
        require(
                name,
                object,
                allowed.data(),
                null,
                "authentication certificate",
                "the backends that show it will be refused");
        return Optional.of(allowed);
    }

    /** CFG-21. */
    private void require(
            String name,
            ConfigObject object,
            @Nullable String data,
            @Nullable String secret,
            String noun,
            String consequence) {
        if (data == null && trust.localEntry(name, secret).isEmpty()) {
            String cause =
                    KeyData.standIn(object).map(text -> " (" + text + ")").orElse("");
            problems.warn(
                    "CFG-21",
                    Kind.BINDING,
                    object.isStated("data") ? object.placeOf("data") : object.place(),
                    "the " + noun + " " + Wording.quote(name) + " has no data here" + cause + "; " + consequence + ".",
                    "Name its file in the local file: \"trust\": { " + Wording.quote(name)
                            + ": { \"pem\": \"root.pem\" } }.");
        }
    }
}
