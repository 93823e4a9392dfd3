package dev.gatehouse.bench;

/** Counts answers, latencies and errors of one window. Not thread-safe. */
final class Tally {
    /** A proxy this broken needs no more load. */
    private static final int TOO_MANY_ERRORS = 100;

    private final LatencyHistogram latencies = new LatencyHistogram();
    private long answers;
    private long errors;
    private String firstError = "";

    void answer(long nanos) {
        answers++;
        latencies.record(nanos);
    }

    void error(Exception e) {
        if (errors++ == 0) {
            firstError = e.toString();
        }
    }

    void add(Tally other) {
        answers += other.answers;
        latencies.add(other.latencies);
        if (errors == 0) {
            firstError = other.firstError;
        }
        errors += other.errors;
    }

    boolean isHopeless() {
        return errors >= TOO_MANY_ERRORS;
    }

    LoadResult result(CpuWindow window) {
        return new LoadResult(
                answers,
                errors,
                firstError,
                window.seconds(),
                window.proxySeconds(),
                window.compilerSeconds(),
                window.loadSeconds(),
                window.otherSeconds(),
                latencies.micros(0.5),
                latencies.micros(0.99));
    }
}
