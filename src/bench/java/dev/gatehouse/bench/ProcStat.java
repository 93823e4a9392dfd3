package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Reads CPU time and memory of processes from {@code /proc} (proc(5)). */
final class ProcStat {
    /** USER_HZ: 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcStat() {}

    /** User and system time of a process, of its living descendants and of children it has waited for. */
    static double cpuSeconds(long pid) {
        return sum(pid, id -> ticks(Path.of("/proc", Long.toString(id)))) / TICKS_PER_SECOND;
    }

    /** The part of a Java process's time that its just-in-time compilers took; 0 for other programs. */
    static double compilerSeconds(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.filter(ProcStat::isCompiler)
                            .mapToLong(ProcStat::ticks)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCompiler(Path thread) {
        // The kernel keeps 15 characters of "C2 CompilerThread0".
        return String.join("", lines(thread.resolve("comm"))).matches("C[12] CompilerThre.*");
    }

    /** Resident set of a process and its descendants; pages they share count once for each. */
    static long residentKib(long pid) {
        return sum(pid, ProcStat::resident);
    }

    /** Time a core was not idle; 0 for core -1. */
    static double coreBusySeconds(int core) {
        String prefix = "cpu" + core + " ";
        return lines(Path.of("/proc/stat")).stream()
                        .filter(line -> line.startsWith(prefix))
                        .mapToLong(ProcStat::busyTicks)
                        .sum()
                / TICKS_PER_SECOND;
    }

    private static long busyTicks(String line) {
        String[] field = line.split(" +", -1);
        long busy = 0;
        // user nice system idle iowait irq softirq steal; guest time is inside user.
        for (int i = 1; i <= 8; i++) {
            busy += i == 4 || i == 5 ? 0 : Long.parseLong(field[i]);
        }
        return busy;
    }

    /** Of a process or of one thread. */
    private static long ticks(Path folder) {
        String line = String.join("", lines(folder.resolve("stat")));
        // The command's name may hold blanks and parentheses; the state follows the last one.
        String[] field = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", -1);
        long ticks = 0;
        for (int i = 11; i <= 14 && i < field.length; i++) {
            ticks += Long.parseLong(field[i]);
        }
        return ticks;
    }

    private static long resident(long pid) {
        return lines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static long sum(long pid, ToLongFunction<Long> measure) {
        Stream<Long> descendants = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(pid), descendants).mapToLong(measure).sum();
    }

    /** A process that has ended has no lines. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
