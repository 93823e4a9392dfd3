package dev.gatehouse.testkit;

import java.lang.management.ManagementFactory;

/** What the calling thread has cost so far: unlike the clock, blind to other work on the machine. */
public final class CpuTime {
    private CpuTime() {}

    public static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
