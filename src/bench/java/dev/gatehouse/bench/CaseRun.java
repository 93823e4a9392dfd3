package dev.gatehouse.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One case: all proxies are started and warmed, then measured in rounds (A B C A B C), so that drift of the machine is
 * shared by all. Confined to one thread.
 */
final class CaseRun implements AutoCloseable {
    private static final int LONGEST_WARM_UP = 4;

    private final Laboratory laboratory;
    private final BenchCase benchCase;
    private final Report report;
    private final List<RunningPeer> running = new ArrayList<>();

    CaseRun(Laboratory laboratory, BenchCase benchCase, Report report) {
        this.laboratory = laboratory;
        this.benchCase = benchCase;
        this.report = report;
    }

    void perform(List<Peer> peers) throws IOException, InterruptedException {
        report.beginCase(benchCase);
        start(peers);
        if (benchCase.traffic() == BenchCase.Traffic.IDLE) {
            measureIdle();
        } else {
            measureRounds(warmedUp());
        }
    }

    private void start(List<Peer> peers) throws InterruptedException {
        for (Peer peer : peers) {
            if (peer.absence().isPresent() || !peer.takes(benchCase)) {
                continue;
            }
            try {
                running.add(RunningPeer.start(peer, laboratory, benchCase));
            } catch (IOException e) {
                report.note(peer.name() + " did not start: " + e.getMessage());
            }
        }
    }

    private void measureIdle() throws IOException, InterruptedException {
        Map<String, IdleResult> results = new LinkedHashMap<>();
        for (RunningPeer peer : running) {
            String line = laboratory.order(benchCase, peer, laboratory.options().secondsOf(benchCase));
            results.put(peer.peer().name(), IdleResult.parse(line));
        }
        report.idle(results);
    }

    /** Those that answered at all; rounds with the others are pointless. */
    private List<RunningPeer> warmedUp() throws IOException, InterruptedException {
        List<RunningPeer> warm = new ArrayList<>();
        for (RunningPeer peer : running) {
            LoadResult result = warmUp(peer);
            if (result.errors() > 0) {
                report.note("%s, warm-up: %d errors, %d answers; first error: %s"
                        .formatted(peer.peer().name(), result.errors(), result.answers(), result.firstError()));
            }
            if (result.answers() > 0) {
                warm.add(peer);
            }
        }
        return warm;
    }

    /** Longer than asked for where the compiler is still busy, as it is on a shared core; returns the last window. */
    private LoadResult warmUp(RunningPeer peer) throws IOException, InterruptedException {
        LoadResult result = measure(peer, laboratory.options().warmUpSeconds());
        for (int more = 1; more < LONGEST_WARM_UP && result.errors() == 0 && !result.isWarm(); more++) {
            result = measure(peer, laboratory.options().warmUpSeconds());
        }
        return result;
    }

    private void measureRounds(List<RunningPeer> peers) throws IOException, InterruptedException {
        Map<String, List<LoadResult>> results = new LinkedHashMap<>();
        for (int round = 0; round < laboratory.options().rounds(); round++) {
            for (RunningPeer peer : peers) {
                results.computeIfAbsent(peer.peer().name(), name -> new ArrayList<>())
                        .add(measure(peer, laboratory.options().secondsOf(benchCase)));
            }
        }
        report.rounds(results);
    }

    private LoadResult measure(RunningPeer peer, int seconds) throws IOException, InterruptedException {
        return LoadResult.parse(laboratory.order(benchCase, peer, seconds));
    }

    @Override
    public void close() {
        running.forEach(RunningPeer::close);
    }
}
