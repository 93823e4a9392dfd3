package dev.gatehouse.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the secret behind affinity cookies is ({@code affinity} of the local file, REQ-35). Instances that share it
 * know each other's cookies, and a restart keeps them. Without one a secret is made at start. Immutable.
 *
 * @param secretEnv environment variable that holds it, or absent
 * @param secretFile file whose first line it is, or absent
 */
public record AffinitySettings(
        @Nullable String secretEnv, @Nullable Path secretFile) {
    /** A secret made at start. */
    public static final AffinitySettings DEFAULT = new AffinitySettings(null, null);
}
