package dev.gatehouse.bench;

/**
 * One measured window; one line on the load generator's standard output. Immutable.
 *
 * @param answers answers of the right status and length
 * @param errors wrong, missing or broken answers
 * @param firstError the first of them, or the empty string
 * @param seconds wall time of the window
 * @param proxyCpuSeconds CPU time of the proxy in it
 * @param compilerCpuSeconds the part of it that a Java proxy spent on compiling itself
 * @param loadCpuSeconds CPU time of load generator and backend in it
 * @param otherCpuSeconds CPU time that neither was idle nor went to the proxy on the proxy's core; 0 when not pinned
 * @param p50Micros median latency
 * @param p99Micros 99th percentile of the latency
 */
record LoadResult(
        long answers,
        long errors,
        String firstError,
        double seconds,
        double proxyCpuSeconds,
        double compilerCpuSeconds,
        double loadCpuSeconds,
        double otherCpuSeconds,
        double p50Micros,
        double p99Micros) {

    private static final double COLD = 0.05;

    static LoadResult parse(String line) {
        String[] part = line.split("\t", -1);
        return new LoadResult(
                Long.parseLong(part[0]),
                Long.parseLong(part[1]),
                part[2],
                Double.parseDouble(part[3]),
                Double.parseDouble(part[4]),
                Double.parseDouble(part[5]),
                Double.parseDouble(part[6]),
                Double.parseDouble(part[7]),
                Double.parseDouble(part[8]),
                Double.parseDouble(part[9]));
    }

    String line() {
        return String.join(
                "\t",
                Long.toString(answers),
                Long.toString(errors),
                firstError.replaceAll("\\s+", " "),
                Double.toString(seconds),
                Double.toString(proxyCpuSeconds),
                Double.toString(compilerCpuSeconds),
                Double.toString(loadCpuSeconds),
                Double.toString(otherCpuSeconds),
                Double.toString(p50Micros),
                Double.toString(p99Micros));
    }

    double perSecond() {
        return answers / seconds;
    }

    /** True once a Java proxy no longer spends its time on compiling itself. */
    boolean isWarm() {
        return compilerCpuSeconds <= proxyCpuSeconds * COLD;
    }

    /** NaN when nothing was answered. */
    double cpuSecondsPer100k() {
        return answers == 0 ? Double.NaN : proxyCpuSeconds * 100_000 / answers;
    }
}
