package dev.gatehouse.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Writes the run as Markdown, as it goes. Confined to one thread. */
final class Report {
    /** Below this the load, not the proxy, may have set the throughput. */
    private static final double SATURATED = 0.85;

    private static final double NOISY = 0.05;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void begin(BenchOptions options, Pinning pinning, List<Peer> peers) {
        line("# Benchmark on %d cores, JDK %s", Runtime.getRuntime().availableProcessors(), Runtime.version());
        line("");
        line(
                "%d rounds of %d s after %d s of warm-up; %d connections, %d WebSocket messages under way on each; %s.",
                options.rounds(),
                options.seconds(),
                options.warmUpSeconds(),
                options.connections(),
                options.depth(),
                pinning.taskset().isPresent()
                        ? "proxy alone on core 0, load generator and backend on core 1"
                        : "nothing is pinned, so CPU figures are less exact");
        line("Medians over the rounds; ratios are to nginx in the same round. Differences below 15 %% are noise.");
        for (Peer peer : peers) {
            peer.absence().ifPresent(reason -> note(peer.name() + " is left out: " + reason));
        }
    }

    void beginCase(BenchCase benchCase) {
        line("");
        line("## %s", benchCase.title());
    }

    void note(String text) {
        line("* %s", text);
        out.flush();
    }

    void rounds(Map<String, List<LoadResult>> results) {
        line("");
        line(
                "| Proxy | per second | to nginx | CPU-s per 100k | to nginx | p50 µs | p99 µs | core | load core | others "
                        + "| errors |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        List<LoadResult> nginx = results.getOrDefault(NginxPeer.NAME, List.of());
        results.forEach((name, rounds) -> row(name, rounds, nginx));
        results.forEach(this::remarks);
        out.flush();
    }

    void idle(Map<String, IdleResult> results) {
        line("");
        line("| Proxy | sessions | resident KiB per session | live heap KiB per session | errors |");
        line("| --- | ---: | ---: | ---: | ---: |");
        results.forEach((name, result) -> line(
                "| %s | %d | %.1f | %s | %d |",
                name,
                result.sessions(),
                (double) result.residentKib() / result.sessions(),
                result.heapKib() < 0 ? "-" : decimal((double) result.heapKib() / result.sessions()),
                result.errors()));
        results.forEach((name, result) -> {
            if (result.errors() > 0) {
                note(name + ": first error: " + result.firstError());
            }
        });
        out.flush();
    }

    private void row(String name, List<LoadResult> rounds, List<LoadResult> nginx) {
        line(
                "| %s | %.0f | %s | %.2f | %s | %.0f | %.0f | %s | %s | %s | %d |",
                name,
                median(rounds, LoadResult::perSecond),
                ratio(rounds, nginx, LoadResult::perSecond),
                median(rounds, LoadResult::cpuSecondsPer100k),
                ratio(rounds, nginx, LoadResult::cpuSecondsPer100k),
                median(rounds, LoadResult::p50Micros),
                median(rounds, LoadResult::p99Micros),
                percent(proxyShare(rounds)),
                percent(median(rounds, round -> round.loadCpuSeconds() / round.seconds())),
                percent(otherShare(rounds)),
                rounds.stream().mapToLong(LoadResult::errors).sum());
    }

    private void remarks(String name, List<LoadResult> rounds) {
        rounds.stream()
                .filter(round -> round.errors() > 0)
                .findFirst()
                .ifPresent(round -> note(name + ": first error: " + round.firstError()));
        if (proxyShare(rounds) < SATURATED) {
            note(name + " did not fill its core: the load generator, the backend, waiting or other users of the core"
                    + " set its throughput; judge it by CPU-s per 100k.");
        }
        if (rounds.stream().anyMatch(round -> !round.isWarm())) {
            note(name
                    + " was not warm: its compiler took %.0f %% of its CPU time; lengthen --warmup."
                            .formatted(median(
                                    rounds, round -> 100 * round.compilerCpuSeconds() / round.proxyCpuSeconds())));
        }
        if (otherShare(rounds) > NOISY) {
            note(name + ": others used its core; repeat on a quiet machine.");
        }
    }

    private static double proxyShare(List<LoadResult> rounds) {
        return median(rounds, round -> round.proxyCpuSeconds() / round.seconds());
    }

    private static double otherShare(List<LoadResult> rounds) {
        return median(rounds, round -> round.otherCpuSeconds() / round.seconds());
    }

    private static String ratio(List<LoadResult> rounds, List<LoadResult> nginx, ToDoubleFunction<LoadResult> measure) {
        if (nginx.isEmpty()) {
            return "-";
        }
        return decimal(median(IntStream.range(0, rounds.size())
                .mapToDouble(i -> measure.applyAsDouble(rounds.get(i)) / measure.applyAsDouble(nginx.get(i)))
                .toArray()));
    }

    private static double median(List<LoadResult> rounds, ToDoubleFunction<LoadResult> measure) {
        return median(rounds.stream().mapToDouble(measure).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private void line(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
