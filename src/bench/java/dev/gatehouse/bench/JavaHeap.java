package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks another Java process, through {@code jcmd}, what its live objects take. */
final class JavaHeap {
    private static final Pattern USED = Pattern.compile("(?m)^ *(?!Metaspace|class)\\S.*\\bused (\\d+)K");

    private JavaHeap() {}

    /** Heap in use right after a collection, or -1 if the process is no Java process or there is no jcmd. */
    static long liveKib(long pid) throws IOException {
        if (jcmd(pid, "GC.run").isEmpty()) {
            return -1;
        }
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        long kib = 0;
        while (used.find()) {
            kib += Long.parseLong(used.group(1));
        }
        return kib;
    }

    /** Output of the command, or the empty string if it failed. */
    private static String jcmd(long pid, String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!jcmd.toFile().canExecute() || !isJava(pid)) {
            return "";
        }
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? output : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean isJava(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/java"))
                .isPresent();
    }
}
