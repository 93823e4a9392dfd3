package dev.gatehouse.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where key material of this machine comes from ({@code certificates} and {@code trust} of the local file). Immutable. */
public sealed interface CertificateSource {
    /**
     * A PKCS#12 file.
     *
     * @param file the file
     * @param passwordEnv environment variable with the password, or absent
     * @param passwordFile file whose first line is the password, or absent
     */
    record Pfx(
            Path file,
            @Nullable String passwordEnv,
            @Nullable Path passwordFile) implements CertificateSource {}

    /**
     * A certificate chain, and its private key where one is needed, in PEM.
     *
     * @param file the chain, leaf first
     * @param key PKCS#8 private key, absent for trust anchors
     */
    record Pem(Path file, @Nullable Path key) implements CertificateSource {}

    /** A key and certificate made at start, for development. */
    record SelfSigned() implements CertificateSource {}
}
