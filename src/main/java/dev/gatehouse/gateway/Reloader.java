package dev.gatehouse.gateway;

import dev.gatehouse.admin.ReloadReport;
import dev.gatehouse.admin.ReloadReport.Result;
import dev.gatehouse.admin.Reloads;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problem.Severity;
import dev.gatehouse.explain.Difference;
import dev.gatehouse.explain.GatewayDiff;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.threads.OwnThreads;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.upstream.AffinitySecretException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files again, when one changes or somebody asks, and serves what they say (config-model.md section 9): read,
 * plan the sockets, build beside what is served, open, ask the new backends, swap, let go what has no place any more. A
 * fault on the way leaves everything as it was. One thread does it all, one reload after the other. Thread-safe.
 */
final class Reloader implements Reloads, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.reload");
    private static final long LOOK_MILLIS = 1_000;
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final ConfigurationSource source;
    private final Sockets sockets;
    private final GatewayRuntime runtime;
    private final Drains drains;
    private final BiConsumer<ReloadReport, GatewayConfiguration> listener;
    private final WatchedFiles files = new WatchedFiles(); // of the thread alone
    private final OwnThreads own = OwnThreads.named("gatehouse-reload");
    private final ScheduledThreadPoolExecutor thread;
    private long generation = 1; // of the thread alone
    private volatile List<String> unserved = List.of();

    Reloader(
            ConfigurationSource source,
            Sockets sockets,
            GatewayRuntime runtime,
            Drains drains,
            BiConsumer<ReloadReport, GatewayConfiguration> listener) {
        this.listener = listener;
        this.source = source;
        this.sockets = sockets;
        this.runtime = runtime;
        this.drains = drains;
        this.thread = new ScheduledThreadPoolExecutor(1, own);
    }

    /**
     * Begins to watch the files.
     *
     * @param first what was read at the start
     * @param began when reading it began
     */
    @SuppressWarnings("FutureReturnValueIgnored") // look() reports what the future would hide
    void start(LoadResult first, Instant began) {
        thread.execute(() -> files.watch(first, began));
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What the last reload could not open, one sentence each. */
    List<String> unserved() {
        return unserved;
    }

    private void look() {
        try {
            boolean isWatching = runtime.get().configuration().local().reload().watch();
            if (isWatching && files.hasChanged()) {
                told(this::run);
            }
        } catch (RuntimeException e) {
            LOG.error("looking for changed files failed", e); // and goes on
        }
    }

    @Override
    public ReloadReport reload() {
        long start = System.nanoTime();
        try {
            return thread.submit(() -> told(this::run)).get();
        } catch (RejectedExecutionException e) {
            return refused(start, List.of(), List.of("the gateway is stopping"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(start, List.of(), List.of("whoever asked for it was interrupted"));
        } catch (ExecutionException e) {
            LOG.error("a reload failed; what was served goes on", e.getCause());
            return refused(start, List.of(), List.of("it failed: " + e.getCause()));
        }
    }

    private ReloadReport told(Callable<ReloadReport> work) {
        ReloadReport report;
        try {
            report = work.call();
        } catch (Exception e) {
            throw new IllegalStateException("reload: " + e.getMessage(), e);
        }
        switch (report.result()) {
            case UNCHANGED -> LOG.info("reload: the files say what is served already");
            case REFUSED -> {
                report.problems().forEach(problem -> LOG.error("reload: {}", problem.text()));
                report.reasons().forEach(reason -> LOG.error("reload: {}", reason));
                LOG.error("reload refused; generation {} goes on", report.generation());
            }
            case RELOADED -> {
                report.changes().forEach(change -> LOG.info("reload: {}", change));
                report.why().forEach(why -> LOG.info("reload: draining {}", why));
                report.reasons().forEach(reason -> LOG.error("reload: {}", reason));
                LOG.info(
                        "reload: generation {} is served after {} ms; {} under way are kept, {} drain",
                        report.generation(),
                        report.took().toMillis(),
                        report.kept(),
                        report.draining());
            }
        }
        listener.accept(report, runtime.get().configuration());
        return report;
    }

    private ReloadReport run() throws InterruptedException {
        long start = System.nanoTime();
        Instant began = Instant.now();
        LoadResult loaded = source.load();
        files.watch(loaded, began);
        if (loaded.configuration().isEmpty()) {
            return refused(start, loaded.problems(), List.of());
        }
        try {
            return run(start, loaded, sockets.plan(loaded.configuration().get()));
        } catch (Sockets.RefusedException e) {
            return refused(start, loaded.problems(), e.reasons());
        } catch (TlsConfigurationException | AffinitySecretException e) {
            return refused(start, loaded.problems(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private ReloadReport run(long start, LoadResult loaded, Sockets.Plan plan)
            throws InterruptedException, Sockets.RefusedException, TlsConfigurationException, AffinitySecretException {
        GatewayConfiguration served = runtime.get().configuration();
        Generation next = runtime.build(plan.configuration());
        List<String> changes = changes(served, plan, next);
        if (changes.isEmpty() && served.equals(plan.configuration()) && unserved.isEmpty()) {
            runtime.discard(next);
            return report(start, Result.UNCHANGED, loaded, new Drains.Outcome(drains.underWay(), Map.of()), changes);
        }
        boolean isServed = false;
        try {
            plan.open();
            if (!runtime.warmUp(next)) {
                LOG.warn("reload: serving before every new backend was probed once; they get traffic as they answer");
            }
            Continuity continuity = new Continuity(served, plan.configuration());
            runtime.serve(next, continuity);
            isServed = true;
            unserved = plan.commit();
            generation++;
            return report(
                    start,
                    Result.RELOADED,
                    loaded,
                    drains.reconfigured(continuity, plan.configuration().local().webSocket(), generation),
                    changes);
        } finally {
            if (!isServed) {
                plan.undo();
                runtime.discard(next);
            }
        }
    }

    private List<String> changes(GatewayConfiguration served, Sockets.Plan plan, Generation next) {
        List<String> changes = new ArrayList<>();
        GatewayDiff.between(served, plan.configuration()).stream()
                .map(Difference::text)
                .forEach(changes::add);
        changes.addAll(plan.notes());
        Generation now = runtime.current();
        if (next.clients().hasOtherTrust(now.clients())) {
            changes.add("other roots are trusted for backends");
        }
        if (next.hasOtherPages(now)) {
            changes.add("error pages were read anew");
        }
        return changes;
    }

    private ReloadReport report(
            long start, Result result, LoadResult loaded, Drains.Outcome outcome, List<String> changes) {
        List<String> why = outcome.leaving().entrySet().stream()
                .map(entry -> entry.getValue() + ": " + entry.getKey())
                .toList();
        return new ReloadReport(
                result,
                generation,
                outcome.kept(),
                outcome.draining(),
                why,
                changes,
                loaded.problems(),
                unserved,
                since(start));
    }

    private ReloadReport refused(long start, List<Problem> problems, List<String> reasons) {
        return new ReloadReport(
                Result.REFUSED,
                generation,
                drains.underWay(),
                0,
                List.of(),
                List.of(),
                problems.stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .toList(),
                reasons,
                since(start));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Ends its thread; a reload on its way is cut. */
    @Override
    public void close() {
        thread.shutdownNow();
        if (!own.awaitEnd(LONGEST_END)) {
            LOG.warn("a reload did not end within {}", LONGEST_END);
        }
    }
}
