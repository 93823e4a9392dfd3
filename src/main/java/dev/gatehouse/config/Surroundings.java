package dev.gatehouse.config;

import dev.gatehouse.tls.JvmTls;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a load asks of the machine beside its files. Immutable.
 *
 * @param clock by which certificates are valid or not
 * @param environment passwords by variable, as the local file names them
 * @param jvm what TLS policies are measured against
 */
public record Surroundings(Clock clock, Function<String, @Nullable String> environment, JvmTls jvm) {
    /**
     * This process as it is.
     *
     * @return system clock, process environment, running JVM
     */
    public static Surroundings ofThisProcess() {
        return new Surroundings(Clock.systemUTC(), System::getenv, JvmTls.running());
    }
}
