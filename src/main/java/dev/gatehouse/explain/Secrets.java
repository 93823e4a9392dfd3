package dev.gatehouse.explain;

import dev.gatehouse.document.SecretNames;
import java.util.Locale;

/**
 * How texts that must not be printed are compared and shown: certificates by the start of their fingerprint, everything
 * that may be guessed only as being there. Stateless.
 */
final class Secrets {
    private Secrets() {}

    static Fact fact(String component, String value) {
        String name = component.toLowerCase(Locale.ROOT);
        // A hash of a password could be tried out offline, so not even that is shown.
        if (SecretNames.isSecret(name)) {
            return new Fact(value, "***");
        }
        return Fact.of(name.equals("data") || name.endsWith("certdata") ? Fingerprints.ofCertificates(value) : value);
    }
}
