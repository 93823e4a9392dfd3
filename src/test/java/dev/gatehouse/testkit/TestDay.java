package dev.gatehouse.testkit;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.Surroundings;
import dev.gatehouse.tls.JvmTls;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The day on which tests read files: certificates in them expire, and tests must not. */
public final class TestDay {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);

    private TestDay() {}

    public static ConfigurationReader reader() {
        return new ConfigurationReader(new Surroundings(CLOCK, System::getenv, JvmTls.running()));
    }
}
