package dev.gatehouse.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process we started, talked to by lines, ended by its own id. Confined to one thread. */
final class ChildProcess implements AutoCloseable {
    private static final int LOG_TAIL_LINES = 15;
    private static final int STOP_SECONDS = 5;

    private final Process process;
    private final Path log;
    private final BufferedReader output;
    private final BufferedWriter input;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        // An interrupted run never reaches its finally blocks.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Whatever it prints goes to the log. */
    static ChildProcess logging(List<String> command, Path log) throws IOException {
        return new ChildProcess(
                builder(command, log).redirectOutput(log.toFile()).start(), log);
    }

    /** Its standard output is read by {@link #readLine}; errors go to the log. */
    static ChildProcess talking(List<String> command, Path log) throws IOException {
        return new ChildProcess(builder(command, log).start(), log);
    }

    private static ProcessBuilder builder(List<String> command, Path log) {
        return new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void writeLine(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /** The next line, which must come in time. */
    String readLine(Duration patience) throws IOException, InterruptedException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::nextLine);
        try {
            String text = line.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (text == null) {
                throw new IOException("process " + pid() + " ended early:\n" + logTail());
            }
            return text;
        } catch (TimeoutException e) {
            throw new IOException("process " + pid() + " said nothing for " + patience + ":\n" + logTail(), e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    String logTail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private String nextLine() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
