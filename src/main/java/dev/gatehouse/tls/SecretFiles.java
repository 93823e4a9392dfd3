package dev.gatehouse.tls;

import dev.gatehouse.model.CertificateSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passwords of PKCS#12 files, and why a file could not be read, for people. Stateless. */
final class SecretFiles {
    private SecretFiles() {}

    static String password(CertificateSource.Pfx pfx, Function<String, @Nullable String> environment)
            throws GeneralSecurityException, IOException {
        @Nullable String variable = pfx.passwordEnv();
        if (variable != null) {
            @Nullable String value = environment.apply(variable);
            if (value == null) {
                throw new GeneralSecurityException("the environment variable " + variable + " is not set");
            }
            return value;
        }
        @Nullable Path file = pfx.passwordFile();
        return file == null ? "" : Files.readString(file).lines().findFirst().orElse("");
    }

    static String explain(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile() + ".";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read by this user.";
        }
        return e.getMessage() + ".";
    }
}
