package dev.gatehouse.bench;

/** Latencies in buckets no wider than 1/32 of their value. Not thread-safe. */
final class LatencyHistogram {
    private static final int SUB_BITS = 5;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private final long[] counts = new long[Long.SIZE * SUB_BUCKETS];
    private long total;

    void record(long nanos) {
        counts[bucket(Math.max(1, nanos))]++;
        total++;
    }

    void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /** The lower bound of the bucket that holds the given share of all values; 0 when empty. */
    double micros(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length && wanted > 0; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return lowerBound(bucket) / 1000.0;
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS);
        return (shift << SUB_BITS) + (int) (nanos >>> shift);
    }

    private static long lowerBound(int bucket) {
        int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
        return (long) (bucket - (shift << SUB_BITS)) << shift;
    }
}
