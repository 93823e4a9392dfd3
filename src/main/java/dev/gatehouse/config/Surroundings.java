package dev.gatehouse.config;

import dev.gatehouse.tls.JvmTls;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a load asks of the machine beside its files. Immutable.
 *
 * @param clock by which certificates are valid or not
 * @param environment passwords by variable, as the local file names them
 * @param jvm what TLS policies are measured against
 * @param resolver asked once per name and load, by several threads at a time, whether backends have an address (VAL-40);
 *     absent to ask nobody
 */
public record Surroundings(
        Clock clock, Function<String, @Nullable String> environment, JvmTls jvm, Optional<NameResolver> resolver) {
    /**
     * Surroundings that ask nobody for names: the same files always give the same problems.
     *
     * @param clock as above
     * @param environment as above
     * @param jvm as above
     */
    public Surroundings(Clock clock, Function<String, @Nullable String> environment, JvmTls jvm) {
        this(clock, environment, jvm, Optional.empty());
    }

    /**
     * The same, but names of backends are tried.
     *
     * @param other who is asked
     * @return a copy
     */
    public Surroundings resolving(NameResolver other) {
        return new Surroundings(clock, environment, jvm, Optional.of(other));
    }

    /**
     * This process as it is.
     *
     * @return system clock, process environment, running JVM
     */
    public static Surroundings ofThisProcess() {
        return new Surroundings(Clock.systemUTC(), System::getenv, JvmTls.running());
    }
}
