package dev.gatehouse.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.AffinitySettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the values of affinity cookies are made with (REQ-35): who does not have it can neither name a member nor learn
 * one's address from a cookie. Immutable.
 */
public final class AffinitySecret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int VALUE_BYTES = 16;
    private static final int RANDOM_BYTES = 32;

    private final SecretKeySpec key;

    private AffinitySecret(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * One that nobody knows: cookies are forgotten with the process.
     *
     * @return a new secret
     */
    public static AffinitySecret random() {
        byte[] secret = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(secret);
        return new AffinitySecret(secret);
    }

    /**
     * The secret that the local file names, or a random one if it names none.
     *
     * @param settings where it is
     * @param environment gives the value of a variable, or null
     * @return the secret
     * @throws AffinitySecretException if it is named and cannot be had
     */
    public static AffinitySecret of(AffinitySettings settings, Function<String, @Nullable String> environment)
            throws AffinitySecretException {
        @Nullable String variable = settings.secretEnv();
        @Nullable Path file = settings.secretFile();
        if (variable != null && file != null) {
            throw new AffinitySecretException(
                    "affinity.secretFile", "there is affinity.secretEnv as well", "Keep one of the two.");
        }
        if (variable != null) {
            return ofVariable(variable, environment.apply(variable));
        }
        return file == null ? random() : ofFile(file);
    }

    private static AffinitySecret ofVariable(String name, @Nullable String value) throws AffinitySecretException {
        if (value == null || value.isBlank()) {
            throw new AffinitySecretException(
                    "affinity.secretEnv",
                    "the environment variable " + name + " is " + (value == null ? "not set" : "empty"),
                    "Set it to a long random text, the same on every instance, or remove affinity.secretEnv.");
        }
        return new AffinitySecret(value.strip().getBytes(UTF_8));
    }

    private static AffinitySecret ofFile(Path file) throws AffinitySecretException {
        String line;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            @Nullable String first = reader.readLine();
            line = first == null ? "" : first.strip();
        } catch (IOException e) {
            throw new AffinitySecretException(
                    "affinity.secretFile",
                    "cannot read " + file + " (" + e.getClass().getSimpleName() + ")",
                    "Put a long random text into it, the same on every instance, or remove affinity.secretFile.");
        }
        if (line.isEmpty()) {
            throw new AffinitySecretException(
                    "affinity.secretFile",
                    "the first line of " + file + " is empty",
                    "Put a long random text there, the same on every instance.");
        }
        return new AffinitySecret(line.getBytes(UTF_8));
    }

    /** The cookie value that stands for a member: 32 hex digits. */
    String valueOf(String settings, Upstream member) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] whole = mac.doFinal((settings + '\n' + member).getBytes(UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(whole, VALUE_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + ": absent (expected: in every Java platform)", e);
        }
    }
}
