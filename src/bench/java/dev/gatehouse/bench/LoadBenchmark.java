package dev.gatehouse.bench;

import dev.gatehouse.routing.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From a file to a table of routes: the first time in a fresh JVM, and again and again. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LoadBenchmark {
    /** Listeners and path rules of each. */
    @Param({ScaleCase.SMALL, ScaleCase.LARGE})
    public String size = ScaleCase.LARGE;

    private Path file = Path.of("");

    /**
     * Writes the file.
     *
     * @throws IOException if it cannot
     */
    @Setup(Level.Trial)
    public void write() throws IOException {
        file = ScaleCase.parse(size).write();
    }

    /**
     * Removes the file.
     *
     * @throws IOException if it cannot
     */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Files.delete(file);
    }

    /**
     * Nothing of Gatehouse has run before.
     *
     * @return what was made
     */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Fork(7)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public RouteTable first() {
        return new RouteTable(ScaleCase.load(file));
    }

    /**
     * As on a reload.
     *
     * @return what was made
     */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Fork(2)
    @Warmup(iterations = 5, time = 1)
    @Measurement(iterations = 5, time = 1)
    public RouteTable again() {
        return new RouteTable(ScaleCase.load(file));
    }
}
