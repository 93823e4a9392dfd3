package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AuthenticationCertificate;
import dev.gatehouse.model.TrustedClientCertificate;
import dev.gatehouse.model.TrustedRootCertificate;
import dev.gatehouse.tls.CertificateFindings;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.tls.TlsConfigurationException.Fault;
import dev.gatehouse.tls.TlsConfigurationException.Part;
import dev.gatehouse.tls.TrustMaterial;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the certificates that backends and clients are judged by, the very way a start does (VAL-35, VAL-36). Confined
 * to one load.
 */
final class TrustChecks {

    private interface Opening {
        List<X509Certificate> open() throws TlsConfigurationException;
    }

    private final LocalFile local;
    private final TrustMaterial material;
    private final Instant now;
    private final Problems problems;

    TrustChecks(LocalFile local, Surroundings surroundings, Problems problems) {
        this.local = local;
        this.material = new TrustMaterial(local.settings(), surroundings.environment());
        this.now = surroundings.clock().instant();
        this.problems = problems;
    }

    void checkRoots(Table<TrustedRootCertificate> roots, Uses uses) {
        for (Table.Item<TrustedRootCertificate> item : roots.items()) {
            item.value()
                    .filter(root -> uses.hasOrNotes(item, "TLS-41", problems))
                    .ifPresent(root -> {
                        Place place = place(item.object(), root.name(), root.keyVaultSecretId());
                        new Dates(now, problems).check(open(item, place, () -> material.certificates(root)), place);
                    });
        }
    }

    void checkClients(Table<TrustedClientCertificate> clients, Uses uses) {
        for (Table.Item<TrustedClientCertificate> item : clients.items()) {
            item.value()
                    .filter(client -> uses.hasOrNotes(item, "TLS-35", problems))
                    .ifPresent(client -> {
                        Place place = place(item.object(), client.name(), null);
                        List<X509Certificate> file = open(item, place, () -> material.certificates(client));
                        new Dates(now, problems).check(file, place);
                        requireRoot(client, file, place);
                    });
        }
    }

    /** No dates: such a certificate is compared, not judged (TLS-45). */
    void checkAuthentication(Table<AuthenticationCertificate> certificates, Uses uses) {
        for (Table.Item<AuthenticationCertificate> item : certificates.items()) {
            item.value()
                    .filter(allowed -> uses.hasOrNotes(item, "TLS-45", problems))
                    .ifPresent(allowed -> {
                        open(item, place(item.object(), allowed.name(), null), () -> material.certificates(allowed));
                    });
        }
    }

    private List<X509Certificate> open(Table.Item<?> item, Place place, Opening opening) {
        try {
            return opening.open();
        } catch (TlsConfigurationException e) {
            Fault fault = e.fault().orElseThrow(() -> new IllegalStateException("a fault without parts", e));
            problems.error(
                    "VAL-36",
                    fault.part() == Part.LOCAL ? Kind.BINDING : Kind.RANGE,
                    fault.part() == Part.LOCAL ? place : item.object().placeOf("data"),
                    "the certificate " + Wording.quote(item.name()) + " cannot be used: " + fault.reason(),
                    fault.cure());
            return List.of();
        }
    }

    private Place place(ConfigObject object, String name, @Nullable String secret) {
        Optional<String> entry = material.localEntry(name, secret);
        return entry.map(local::trustPlace).orElseGet(() -> object.placeOf("data"));
    }

    /** VAL-35. */
    private void requireRoot(TrustedClientCertificate client, List<X509Certificate> file, Place place) {
        CertificateFindings.loose(file)
                .ifPresent(certificate -> problems.error(
                        "VAL-35",
                        Kind.MISSING,
                        place,
                        "the chain of the client CA " + Wording.quote(client.name()) + " ends without a root: "
                                + certificate.getIssuerX500Principal().getName() + " is not in it.",
                        "Add that certificate to the file, up to the self-signed root."));
    }
}
