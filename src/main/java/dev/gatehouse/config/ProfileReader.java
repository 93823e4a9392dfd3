package dev.gatehouse.config;

import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.model.ClientAuthentication;
import dev.gatehouse.model.ClientAuthentication.Mode;
import dev.gatehouse.model.ClientAuthentication.Revocation;
import dev.gatehouse.model.SslPolicy;
import dev.gatehouse.model.SslProfile;
import dev.gatehouse.model.TrustedClientCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** TLS profiles and the mutual TLS in them (section 4.6, TLS-30, VAL-35). Confined to one load. */
final class ProfileReader {
    private static final Map<String, Mode> MODES = Map.of("Strict", Mode.STRICT, "Passthrough", Mode.PASSTHROUGH);
    private static final Map<String, Revocation> REVOCATIONS = Map.of("None", Revocation.NONE, "OCSP", Revocation.OCSP);
    private static final int MOST_CHAINS = 100;

    private final Table<TrustedClientCertificate> clients;
    private final SslPolicyReader policies;
    private final Problems problems;

    ProfileReader(Table<TrustedClientCertificate> clients, SslPolicyReader policies, Problems problems) {
        this.clients = clients;
        this.policies = policies;
        this.problems = problems;
    }

    Optional<SslProfile> profile(String name, ConfigObject object) {
        Optional<ConfigObject> given = object.object("sslPolicy").filter(SslPolicyReader::isGiven);
        Optional<SslPolicy> policy = given.flatMap(policies::policy);
        List<Reference> references = object.references("trustedClientCertificates");
        List<TrustedClientCertificate> trusted = new ArrayList<>();
        references.forEach(reference -> clients.resolve(reference).ifPresent(trusted::add));
        warnOfMany(object, references.size());
        ClientAuthentication authentication = authentication(object);
        boolean isWhole = given.isPresent() == policy.isPresent() && trusted.size() == references.size();
        return isWhole
                ? Optional.of(new SslProfile(name, policy.orElse(null), trusted, authentication))
                : Optional.empty();
    }

    /** Whether clients must end in a CA of which there is none; a mode that could not be read is a problem already. */
    static boolean isStrictWithoutCa(ConfigObject profile) {
        boolean isOtherMode = profile.object("clientAuthConfiguration")
                .flatMap(asked -> asked.text("verifyClientAuthMode"))
                .filter(mode -> !mode.strip().equalsIgnoreCase("Strict"))
                .isPresent();
        return asksClients(profile)
                && !isOtherMode
                && profile.array("trustedClientCertificates").isEmpty();
    }

    /** Whether it means mutual TLS: it names CAs, or asks for something other than the defaults (TLS-30). */
    static boolean asksClients(ConfigObject profile) {
        boolean asksForCheck = profile.object("clientAuthConfiguration")
                .filter(asked -> asked.isStated("verifyClientAuthMode")
                        || asked.flag("verifyClientCertIssuerDN", false)
                        || asked.text("verifyClientRevocation")
                                .filter(text -> !text.equalsIgnoreCase("None"))
                                .isPresent())
                .isPresent();
        return asksForCheck || !profile.array("trustedClientCertificates").isEmpty();
    }

    private ClientAuthentication authentication(ConfigObject profile) {
        Optional<ConfigObject> asked = profile.object("clientAuthConfiguration");
        Optional<Mode> mode = asked.flatMap(object -> object.choice("verifyClientAuthMode", MODES));
        boolean verifiesIssuer = asked.filter(object -> object.flag("verifyClientCertIssuerDN", false))
                .isPresent();
        Revocation revocation = asked.flatMap(object -> object.choice("verifyClientRevocation", REVOCATIONS))
                .orElse(Revocation.NONE);
        if (!asksClients(profile)) {
            asked.ifPresent(object -> noteIdle(profile));
            return ClientAuthentication.OFF;
        }
        return new ClientAuthentication(mode.orElse(Mode.STRICT), verifiesIssuer, revocation);
    }

    /** Terraform writes this object into every profile; Azure takes it and asks clients for nothing. */
    private void noteIdle(ConfigObject profile) {
        problems.info(
                "VAL-35",
                Kind.UNUSED,
                profile.placeOf("clientAuthConfiguration"),
                "it asks for no check and the profile names no CA, so clients are not asked for a certificate.",
                "Name trustedClientCertificates if they should be.");
    }

    /** TLS-35. */
    private void warnOfMany(ConfigObject object, int chains) {
        if (chains > MOST_CHAINS) {
            problems.azure(
                    "VAL-39",
                    Kind.LIMIT,
                    object.placeOf("trustedClientCertificates"),
                    chains + " chains, Azure takes " + MOST_CHAINS + " per profile.",
                    "Remove some if this goes back to Azure.");
        }
    }
}
