package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code java -jar target/gatehouse.jar ...} as a child process. */
final class GatewayProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

    /** Starts it; its log goes to a file of that name in {@code target/it}. */
    GatewayProcess(String name, String... arguments) throws IOException {
        Path directory = Path.of(System.getProperty("it.dir"));
        Files.createDirectories(directory);
        log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                System.getProperty("it.jar")));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        Thread reader = new Thread(this::readOutput, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the line that says it is serving; the lines before are returned. */
    List<String> awaitReady() throws Exception {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = output.poll(60, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("not ready; printed " + lines + " and logged:\n" + log());
            }
            if (line.matches("ready in \\d+ ms")) {
                return lines;
            }
            lines.add(line);
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** What it printed so far and nobody took. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("process ended").isTrue();
        return process.exitValue();
    }

    /** SIGTERM, as a service manager sends. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
