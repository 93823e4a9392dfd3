package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.RecordingBackend.Received;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * REQ-3, RFC 9112 §11.2: malformed and ambiguous requests. Whatever a home answers, a backend sees nothing whole or one
 * well-formed request with one framing, and whoever comes next gets an answer of their own.
 */
interface MalformedSuite extends Suite {
    int PATIENCE_MILLIS = 5_000;

    /** The home's name in {@code malformed-requests.txt}. */
    String name();

    @ParameterizedTest // REQ-3
    @MethodSource("dev.gatehouse.it.MalformedRequest#all")
    default void malformedRequestIsAnsweredAndShiftsNothing(MalformedRequest given) throws Exception {
        BlockingQueue<Received> whole = new LinkedBlockingQueue<>();
        backends().plain.answers(request -> {
            request.body();
            whole.add(request);
            request.ok(request.head().startLine());
        });
        List<String> expected = new ArrayList<>();
        try (Wire wire = connect().readLimit(PATIENCE_MILLIS)) {
            String outcome = sent(wire, given, whole);
            assertThat(outcome).isIn((Object[]) given.answer(name()).split(" or "));
            if (outcome.startsWith("200 ")) {
                expected.add(outcome.substring(4));
            }
            boolean isOver = !given.ends() && !outcome.equals("silent"); // else the next would be part of this one
            if (isOver && isAnswered(wire, "/next")) {
                expected.add("GET /next");
            }
        }
        try (Wire fresh = connect()) {
            assertThat(isAnswered(fresh, "/fresh")).isTrue();
            expected.add("GET /fresh");
        }
        assertThat(whole).extracting(MalformedSuite::told).containsExactlyElementsOf(expected);
        assertThat(whole).allSatisfy(request -> requireOneReading(request.head()));
    }

    private String sent(Wire wire, MalformedRequest given, BlockingQueue<Received> whole) throws Exception {
        try {
            wire.write(given.bytes());
            if (given.ends()) {
                wire.end();
            }
        } catch (IOException e) {
            // Refused while it was still being sent; the answer is there to be read.
        }
        try {
            if (wire.isNext("<")) {
                assertThat(wire.endsWithin(PATIENCE_MILLIS)).isTrue(); // its end is all that ends it
                return "page";
            }
            Head head = wire.readFinalHead();
            String text = new String(wire.readAnswerBody(head, given.method()), StandardCharsets.ISO_8859_1);
            if (name().equals(MalformedRequest.JAR) && head.status() != 200) {
                assertThat(head.value("Server")).isEqualTo("Gatehouse"); // REQ-47: never the container's page
                String page = head.status() == 405 ? "does not take this method" : "<h1>" + head.status() + ' ';
                assertThat(text).contains(page).doesNotContain("Exception"); // REQ-48: the gateway's page for 405
            }
            Received received = whole.peek();
            if (head.status() != 200 || received == null) {
                return Integer.toString(head.status());
            }
            assertThat(text).isEqualTo(received.head().startLine());
            return "200 " + told(received);
        } catch (SocketTimeoutException e) {
            return "silent";
        } catch (IOException e) {
            return "closed";
        }
    }

    /** Sends another request; if the connection is still open it must be read right. */
    private static boolean isAnswered(Wire wire, String target) throws IOException {
        Head head;
        String text;
        try {
            wire.write(Suite.get("plain.example", target, ""));
            head = wire.readFinalHead();
            text = new String(wire.readAnswerBody(head, "GET"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return false;
        }
        if (head.status() == 400) {
            return false; // what is left of the one before made it malformed, too
        }
        assertThat(head.status()).isEqualTo(200);
        assertThat(text).isEqualTo("GET " + target + " HTTP/1.1");
        return true;
    }

    private static String told(Received request) {
        try {
            String line = request.head().startLine();
            String body = new String(request.body(), StandardCharsets.ISO_8859_1);
            return line.substring(0, line.lastIndexOf(' ')) + (body.isEmpty() ? "" : " \"" + body + '"');
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireOneReading(Head head) {
        assertThat(head.startLine()).matches("[!-~]+ [!-~]+ HTTP/1\\.1");
        assertThat(head.values("Host")).hasSize(1);
        assertThat(head.values("Content-Length").size()
                        + head.values("Transfer-Encoding").size())
                .as("framings")
                .isLessThanOrEqualTo(1);
        assertThat(head.fields()).allSatisfy(field -> {
            assertThat(field.name()).matches("[A-Za-z0-9-]+");
            assertThat(field.value()).matches("[\\t\\x20-\\x7e\\x80-\\xff]*");
        });
    }
}
