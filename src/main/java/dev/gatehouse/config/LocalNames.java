package dev.gatehouse.config;

import dev.gatehouse.config.Problem.Kind;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.SslCertificate;
import java.util.Optional;

/** Whether the names in the local file are names of the gateway file. Confined to one load. */
final class LocalNames {
    private final LocalFile local;
    private final Problems problems;

    LocalNames(LocalFile local, Problems problems) {
        this.local = local;
        this.problems = problems;
    }

    void check(
            Table<BackendAddressPool> pools,
            Table<FrontendIpConfiguration> frontends,
            Table<SslCertificate> certificates) {
        local.poolPlaces().forEach((name, place) -> require(pools, name, place, "pool"));
        local.frontendPlaces().forEach((name, place) -> require(frontends, name, place, "frontend IP configuration"));
        local.certificatePlaces().forEach((name, place) -> checkCertificate(certificates, name, place));
    }

    private void require(Table<?> table, String name, Place place, String noun) {
        if (table.find(name).isEmpty()) {
            String guess = Wording.closest(name, table.names())
                    .map(near -> " Did you mean " + Wording.quote(near) + "?")
                    .orElse("");
            problems.error(
                    "LOCAL",
                    Kind.REFERENCE,
                    place,
                    "no " + noun + " of the gateway is named " + Wording.quote(name) + Wording.known(table.names())
                            + "." + guess,
                    "Correct the name, or remove the entry.");
        }
    }

    /** A spare certificate does no harm, so one local file may serve several gateways. */
    private void checkCertificate(Table<SslCertificate> certificates, String name, Place place) {
        boolean isSecret = certificates.values().stream()
                .anyMatch(certificate -> name.equalsIgnoreCase(
                        Optional.ofNullable(certificate.keyVaultSecretId()).orElse("")));
        if (!name.equals("*") && !isSecret && certificates.find(name).isEmpty()) {
            problems.warn(
                    "LOCAL",
                    Kind.UNUSED,
                    place,
                    "no certificate of the gateway has this name or Key Vault address"
                            + Wording.known(certificates.names()) + ".",
                    "Correct the name if it was meant to be used.");
        }
    }
}
