package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // has no such signal
class HangUpTest {
    private static final int ENDED_BY_SIGHUP = 128 + 1;

    @Test
    void everySignalIsHeardAndWhenItIsClosedTheNextOneEndsTheProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            assertThat(lines.readLine()).isEqualTo("listening");
            hangUp(process);
            awaitLine(lines, "heard");
            hangUp(process);
            awaitLine(lines, "heard");
            awaitLine(lines, "closed");
            hangUp(process);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGHUP);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Skips what is logged of the signal that fails. */
    private static void awaitLine(BufferedReader lines, String wanted) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            line = lines.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    private static void hangUp(Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/kill", "-HUP", Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Hears two signals, the first of which fails, then no more. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch heard = new CountDownLatch(2);
            HangUp hangUp = HangUp.listen(() -> {
                System.out.println("heard");
                heard.countDown();
                if (heard.getCount() == 1) {
                    throw new IllegalStateException("a first reload that fails");
                }
            });
            System.out.println("listening");
            heard.await();
            hangUp.close();
            System.out.println("closed");
            new CountDownLatch(1).await();
        }
    }
}
