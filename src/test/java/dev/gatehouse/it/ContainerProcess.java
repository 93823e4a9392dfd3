package dev.gatehouse.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The container that Arquillian started, as the JDK's tools and the system see it from outside. */
final class ContainerProcess {
    private static final String RUNTIME = "dev.gatehouse.gateway.GatewayRuntime";
    private static final String LISTENING = "0A"; // state of a row in /proc/net/tcp
    private final long pid;

    /**
     * What it holds after a full collection.
     *
     * @param heapKilobytes objects that live
     * @param threads Java threads, without those that serve the test's own JMX connections
     * @param classes that are alive
     * @param runtimes gateways that something still refers to
     * @param loaders class loaders of our web application
     * @param descriptors files, sockets, selectors that are open; 0 where the system does not tell
     */
    record Figures(long heapKilobytes, int threads, int classes, int runtimes, int loaders, int descriptors) {
        @Override
        public String toString() {
            return String.format(
                    "heap %,d KB, %d threads, %d classes, %d gateways, %d loaders, %d descriptors",
                    heapKilobytes, threads, classes, runtimes, loaders, descriptors);
        }
    }

    private ContainerProcess(long pid) {
        this.pid = pid;
    }

    /** The child process whose command line names a folder. */
    static ContainerProcess in(String folder) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(folder)
                        && process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .map(process -> new ContainerProcess(process.pid()))
                .orElseThrow(() -> new AssertionError("no child process with " + folder));
    }

    private String ask(String... command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Containers.run(
                Stream.concat(Stream.of(jcmd, Long.toString(pid)), Stream.of(command))
                        .toList(),
                30);
    }

    /** Stacks of all threads. */
    String threads() {
        return ask("Thread.print");
    }

    Figures figures() {
        ask("GC.run");
        String objects = ask("GC.class_histogram"); // collects once more, so that finalizers of the first are done
        return new Figures(
                number(objects, "(?m)^Total +\\d+ +(\\d+)") / 1024,
                (int) threads().lines().filter(ContainerProcess::isThread).count(),
                (int) ask("VM.class_hierarchy").lines().count(),
                (int) number(objects, "(?m)^ *\\d+: +(\\d+) +\\d+ +" + Pattern.quote(RUNTIME) + "(?: |$)"),
                (int) ask("VM.class_hierarchy", RUNTIME)
                        .lines()
                        .filter(line -> line.contains(RUNTIME + "/"))
                        .count(),
                descriptors().size());
    }

    // Arquillian asks over JMX after each deployment and leaves its connection open.
    private static boolean isThread(String line) {
        return line.matches("\".*\" #\\d+ .*") && !line.startsWith("\"JMX server ") && !line.startsWith("\"RMI ");
    }

    private static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** Ports it listens on; empty where the system does not tell. */
    Set<Integer> listeningPorts() {
        Set<String> own = Set.copyOf(descriptors());
        return Stream.of("tcp", "tcp6")
                .map(table -> Path.of("/proc", Long.toString(pid), "net", table))
                .filter(Files::exists)
                .flatMap(ContainerProcess::rows)
                .filter(row -> row[3].equals(LISTENING) && own.contains("socket:[" + row[9] + "]"))
                .map(row -> Integer.parseInt(row[1].substring(row[1].indexOf(':') + 1), 16))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String[]> rows(Path table) {
        try {
            return Files.readAllLines(table, US_ASCII).stream()
                    .skip(1)
                    .map(line -> line.strip().split(" +"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> descriptors() {
        Path folder = Path.of("/proc", Long.toString(pid), "fd");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> descriptors = Files.list(folder)) {
            return descriptors.map(ContainerProcess::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
