package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * The very certificate that a backend of a v1 gateway must show (section 4.5, TLS-45). Immutable.
 *
 * @param name unique name
 * @param data base64 of a CER file, absent where the local file's {@code trust} supplies it
 */
public record AuthenticationCertificate(
        String name, @Nullable String data) {
    public AuthenticationCertificate {
        Checks.named("authenticationCertificates.name", name);
    }
}
