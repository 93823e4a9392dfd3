package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Measures Gatehouse and its peers in one run and prints a Markdown report; see {@code src/bench/README.md}. */
public final class Bench {
    private static final int REFUSED = 2;

    private Bench() {}

    /**
     * Runs all chosen cases.
     *
     * @param args options; {@code --help true} or anything unknown prints them
     * @throws IOException if the load generator or the backend fails; a failing proxy is part of the report
     * @throws GeneralSecurityException if no key can be made for the HTTPS case
     * @throws InterruptedException if the run is interrupted
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException, InterruptedException {
        BenchOptions options;
        List<Peer> peers;
        try {
            options = BenchOptions.parse(new Arguments(args));
            peers = options.chosenPeers();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + BenchOptions.usage());
            System.exit(REFUSED);
            return;
        }
        run(options, peers);
    }

    private static void run(BenchOptions options, List<Peer> peers)
            throws IOException, GeneralSecurityException, InterruptedException {
        Report report = new Report(System.out);
        Pinning pinning = Pinning.ofThisMachine();
        report.begin(options, pinning, peers);
        Path folder = Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
        try (Laboratory laboratory = Laboratory.open(options, pinning, folder)) {
            for (BenchCase benchCase : options.cases()) {
                try (CaseRun run = new CaseRun(laboratory, benchCase, report)) {
                    run.perform(peers);
                }
            }
        }
    }
}
