package dev.gatehouse.explain;

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
        if (name.endsWith("password") || name.endsWith("secret")) {
            return new Fact(value, "***");
        }
        return Fact.of(name.equals("data") || name.endsWith("certdata") ? Fingerprints.ofCertificates(value) : value);
    }
}
