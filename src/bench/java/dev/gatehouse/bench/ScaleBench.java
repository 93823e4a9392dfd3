package dev.gatehouse.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What 5,000 rules cost against 10: loading, and routing per request; see {@code src/bench/README.md}. */
public final class ScaleBench {
    private ScaleBench() {}

    /**
     * Runs both benchmarks.
     *
     * @param args a pattern of benchmark names; none means all
     * @throws RunnerException if a run fails
     */
    public static void main(String[] args) throws RunnerException {
        // JMH starts its own JVMs from this property, which under Maven names Maven's classes.
        System.setProperty("java.class.path", Tools.classPath());
        OptionsBuilder options = new OptionsBuilder();
        options.include(args.length > 0 ? args[0] : "LoadBenchmark|RouteBenchmark")
                .shouldFailOnError(true);
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        System.out.println("\n| Benchmark | Size | Mean | Unit |\n| --- | --- | ---: | --- |");
        for (RunResult result : results) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %s |%n",
                    result.getPrimaryResult().getLabel(),
                    result.getParams().getParam("size"),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreUnit());
        }
        double small = routing(results, ScaleCase.SMALL);
        double large = routing(results, ScaleCase.LARGE);
        if (small > 0 && large > 0) {
            System.out.printf(
                    Locale.ROOT, "%nRouting, %s to %s: x %.2f%n", ScaleCase.SMALL, ScaleCase.LARGE, large / small);
        }
    }

    private static double routing(Collection<RunResult> results, String size) {
        return results.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals("match"))
                .filter(result -> result.getParams().getParam("size").equals(size))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElse(0);
    }
}
