package dev.gatehouse.model;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Who issues the tokens that rules ask for ({@code tokens} of the local file, REQ-16). Without it Microsoft Entra does.
 * Immutable.
 *
 * @param issuer the {@code iss} that tokens must name, or absent for that of the configured tenant
 * @param keys address of the issuer's key set (RFC 7517), http, https or file, or absent for Entra's
 */
public record TokenSettings(
        @Nullable String issuer, @Nullable URI keys) {
    /** Microsoft Entra. */
    public static final TokenSettings DEFAULT = new TokenSettings(null, null);
}
