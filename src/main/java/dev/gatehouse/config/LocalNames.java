package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.BackendAddressPool;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.SslCertificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        local.poolPlaces().forEach((name, place) -> require(pools, name, place, "pool of the gateway"));
        local.frontendPlaces()
                .forEach((name, place) -> require(frontends, name, place, "frontend IP configuration of the gateway"));
        Set<String> known = certificateKeys(certificates);
        local.certificatePlaces().forEach((name, place) -> checkCertificate(certificates, known, name, place));
    }

    /** A probe is named by its name, and the default probe of a settings entry by the name of that. */
    void checkProbes(Table<Probe> probes, Table<BackendHttpSettings> settings) {
        List<String> known = new ArrayList<>();
        probes.items().stream()
                .filter(item -> !ProbeReader.isLayerFour(item.object()))
                .forEach(item -> known.add(item.name()));
        settings.items().stream()
                .filter(item -> !item.object().isStated("probe"))
                .forEach(item -> known.add(item.name()));
        local.probePlaces()
                .forEach((name, place) -> require(
                        known, name, place, "probe of the gateway, and no entry of backend settings without a probe,"));
    }

    /** Sessions are told apart by backend settings, and by pools. */
    void checkSessions(Table<BackendHttpSettings> settings, Table<BackendAddressPool> pools) {
        local.modePlaces().forEach((name, place) -> require(settings, name, place, "entry of backend settings"));
        local.unhealthyPlaces().forEach((name, place) -> require(pools, name, place, "pool of the gateway"));
    }

    private void require(Table<?> table, String name, Place place, String noun) {
        require(table.names(), name, place, noun);
    }

    private void require(List<String> known, String name, Place place, String noun) {
        if (known.stream().noneMatch(other -> ObjectNode.fold(other).equals(ObjectNode.fold(name)))) {
            String guess = Wording.closest(name, known)
                    .map(near -> " " + Wording.didYouMean(near))
                    .orElse("");
            problems.error(
                    "LOCAL",
                    Kind.REFERENCE,
                    place,
                    "no " + noun + " is named " + Wording.quote(name) + Wording.known(known) + "." + guess,
                    "Correct the name, or remove the entry.");
        }
    }

    private static Set<String> certificateKeys(Table<SslCertificate> certificates) {
        Set<String> keys = new HashSet<>(Set.of("*"));
        for (SslCertificate certificate : certificates.values()) {
            keys.add(ObjectNode.fold(certificate.name()));
            @Nullable String secret = certificate.keyVaultSecretId();
            if (secret != null) {
                keys.add(ObjectNode.fold(secret));
            }
        }
        return keys;
    }

    /** A spare certificate does no harm, so one local file may serve several gateways. */
    private void checkCertificate(Table<SslCertificate> certificates, Set<String> known, String name, Place place) {
        if (!known.contains(ObjectNode.fold(name))) {
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
