package dev.gatehouse.model;

import java.time.Duration;

/**
 * How often and how patiently a backend is asked whether it may take traffic. Immutable.
 *
 * @param interval from the start of one probe to the start of the next (PRB-12); whole seconds in the file, default 30
 * @param timeout longest wait for connect, TLS, headers and matched body together (PRB-7); default 30 s
 * @param unhealthyThreshold failures in a row that take a healthy backend out (PRB-10); 1-20, default 3
 */
public record ProbeTiming(Duration interval, Duration timeout, int unhealthyThreshold) {
    /** What applies where the file is silent: 30 s, 30 s, 3. */
    public static final ProbeTiming DEFAULT = new ProbeTiming(Duration.ofSeconds(30), Duration.ofSeconds(30), 3);

    public ProbeTiming {
        Durations.positive("interval", interval);
        Durations.positive("timeout", timeout);
        Checks.inRange("unhealthyThreshold", unhealthyThreshold, 1, 20);
    }
}
