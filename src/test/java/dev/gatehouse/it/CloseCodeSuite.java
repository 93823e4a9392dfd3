package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.WebSocketWire.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * websocket.md section 5: close codes from either side through both modes. {@code -Dgatehouse.closeCodes=1} tries each of
 * them; else a few of those that applications may choose. What was seen is written beside the home's files.
 */
interface CloseCodeSuite extends WebSocketSuite {
    int STEP = Integer.getInteger("gatehouse.closeCodes", 211);
    String LONGEST = "r".repeat(123);

    @ParameterizedTest
    @CsvSource({"relayed.example, true", "relayed.example, false", "plain.example, true", "plain.example, false"})
    @Timeout(600)
    default void everyLegalCodeReachesTheOtherSide(String host, boolean isFromClient) throws Exception {
        boolean isBridge = host.startsWith("plain");
        List<String> seen = new ArrayList<>();
        List<Integer> changed = new ArrayList<>();
        for (int code : codes()) {
            for (String reason : new String[] {"", code % 2 == 0 ? "why, 𝄞" : LONGEST}) {
                Frame close = passed(host, isFromClient, code, reason);
                seen.add(code + (reason.isEmpty() ? "" : " with reason") + " -> " + close.closeCode() + " "
                        + (close.closeReason().equals(reason) ? "same reason" : "'" + close.closeReason() + "'"));
                if (close.closeCode() != code || !close.closeReason().equals(reason)) {
                    changed.add(code);
                }
            }
        }
        write((isBridge ? "bridge" : "relay") + (isFromClient ? "-from-client" : "-from-backend"), seen);
        boolean isLimited = isBridge && isFromClient && has(KnownLimit.CLIENT_CLOSE_CODES); // trap T3
        assertThat(changed.stream().distinct())
                .containsExactlyElementsOf(isLimited ? List.of(1012, 1013, 1014) : List.of());
    }

    private static List<Integer> codes() {
        return IntStream.rangeClosed(1000, 4999)
                .filter(code -> code <= 1003
                        || (code >= 1007 && code <= 1014)
                        || (code >= 3000 && (code - 3000) % STEP == 0)
                        || code == 3999
                        || code == 4000
                        || code == 4999)
                .boxed()
                .toList();
    }

    private Frame passed(String host, boolean isFromClient, int code, String reason) throws Exception {
        try (Pair pair = pair(host)) {
            (isFromClient ? pair.client() : pair.backend()).sendClose(code, reason);
            Frame close = (isFromClient ? pair.backend() : pair.client()).readClose();
            (isFromClient ? pair.client() : pair.backend()).readMessage();
            return close;
        }
    }

    private void write(String name, List<String> seen) throws IOException {
        Path file = Path.of(
                System.getProperty("it.dir"), "close-codes-" + getClass().getSimpleName(), name + ".txt");
        Files.createDirectories(file.getParent());
        Files.write(file, seen);
    }
}
