package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.TrustedRootCertificate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and trusted roots (section 4.5). An expression instead of key material is as good as none: the local
 * file supplies it (CFG-21). Confined to one load.
 */
final class CertificateReader {
    /** What the quickstarts' generator leaves where a value belongs. */
    private static final String PLACEHOLDER = "GEN-";

    private final LocalSettings local;
    private final Problems problems;

    CertificateReader(LocalSettings local, Problems problems) {
        this.local = local;
        this.problems = problems;
    }

    Optional<SslCertificate> certificate(String name, ConfigObject object) {
        return Optional.of(new SslCertificate(
                name,
                material(object, "data").orElse(null),
                material(object, "password").orElse(null),
                object.replaceableText("keyVaultSecretId").orElse(null)));
    }

    Optional<TrustedRootCertificate> root(String name, ConfigObject object) {
        TrustedRootCertificate root = new TrustedRootCertificate(
                name,
                material(object, "data").orElse(null),
                object.replaceableText("keyVaultSecretId").orElse(null));
        if (root.data() == null && !isSupplied(local.trust(), name, root.keyVaultSecretId())) {
            problems.warn(
                    "CFG-21",
                    Kind.BINDING,
                    object.place(),
                    "the root certificate " + Wording.quote(name)
                            + " has no data here; Https backends that need it will be refused.",
                    "Name its file in the local file: \"trust\": { " + Wording.quote(name)
                            + ": { \"pem\": \"root.pem\" } }.");
        }
        return Optional.of(root);
    }

    /** Whether a listener can be opened with this certificate. */
    boolean hasKey(SslCertificate certificate) {
        return certificate.data() != null
                || isSupplied(local.certificates(), certificate.name(), certificate.keyVaultSecretId())
                || local.certificates().containsKey("*");
    }

    private static boolean isSupplied(Map<String, ?> sources, String name, @Nullable String secret) {
        return sources.containsKey(name.toLowerCase(Locale.ROOT))
                || (secret != null && sources.containsKey(secret.toLowerCase(Locale.ROOT)));
    }

    private static Optional<String> material(ConfigObject object, String name) {
        return object.replaceableText(name).filter(text -> !text.startsWith(PLACEHOLDER));
    }
}
