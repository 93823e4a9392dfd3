package dev.gatehouse.document;

import java.util.List;

/** Tells by its name alone whether a property holds a secret. Stateless. */
public final class SecretNames {
    private static final List<String> ENDINGS = List.of(
            "password", "secret", "privatekey", "sharedkey", "accesskey", "accountkey", "apikey", "connectionstring");

    private SecretNames() {}

    /** {@code clientSecret} is one, {@code keyVaultSecretId} is only the address of one. */
    public static boolean isSecret(String name) {
        String folded = ObjectNode.fold(name);
        return ENDINGS.stream().anyMatch(folded::endsWith);
    }
}
