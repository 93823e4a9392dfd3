package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.gatehouse.explain.DescribedRequest;
import dev.gatehouse.explain.Explainer;
import dev.gatehouse.explain.Explanation;
import dev.gatehouse.testkit.RecordingBackend;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand pairs of a generated gateway and a generated request: what explain says is what the gateway does, REQ-10
 * to REQ-33. The seed is fixed; a failure names the gateway's number and the request.
 */
@Timeout(300)
class GeneratedTrafficTest {
    private static final int GATEWAYS = 100;
    private static final int REQUESTS_EACH = 100;
    private static final long SEED = 20_261_123;

    @TempDir
    private Path directory = Path.of("");

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test // REQ-10, REQ-11, REQ-12, REQ-13, REQ-21, REQ-23, REQ-25, REQ-28, REQ-33, REQ-39, REQ-41
    void explainAndTheGatewayAgreeOnTenThousandPairs() throws Exception {
        List<RecordingBackend> backends = new ArrayList<>();
        for (int i = 0; i < GeneratedGateway.POOLS; i++) {
            backends.add(new RecordingBackend());
        }
        int port = Samples.freePort();
        for (int number = 0; number < GATEWAYS; number++) {
            Random random = new Random(SEED + number);
            Path home = Files.createDirectory(directory.resolve("g" + number));
            String gateway = GeneratedGateway.json(random);
            try (ServedGateway served = ServedGateway.start(home, gateway, GeneratedGateway.local(port, backends))) {
                agree(served, random, port, backends, "gateway " + number);
            }
        }
        for (RecordingBackend backend : backends) {
            backend.close();
        }
        // A generator that only makes refusals would prove nothing.
        assertThat(outcomes.get("forwarded")).isGreaterThan(GATEWAYS * REQUESTS_EACH / 3);
        assertThat(outcomes).containsKeys("redirected", "refused", "webSocket", "rewritten");
    }

    private void agree(ServedGateway served, Random random, int port, List<RecordingBackend> backends, String name)
            throws Exception {
        Explainer explainer = new Explainer(
                served.loaded().configuration().orElseThrow(), served.loaded().origins(), List.of());
        for (int i = 0; i < REQUESTS_EACH; i++) {
            for (RecordingBackend backend : backends) {
                backend.reset();
                backend.answers(GeneratedTrafficTest::answer);
            }
            GeneratedGateway.Asked asked = GeneratedGateway.request(random);
            try (Wire wire = Wire.connect(port)) {
                DescribedRequest request = DescribedRequest.of(
                        asked.method(), asked.url(), asked.fields(), "127.0.0.1:" + wire.localPort(), Optional.empty());
                Explanation said = explainer.explain(request);
                count(said);
                assertThatNoException()
                        .as("%s, request %s: %s", name, i, asked)
                        .isThrownBy(() -> Agreement.holds(said, Agreement.send(wire, request), backends));
            }
        }
    }

    /** A session that the backend ends at once, so that none is left when the gateway stops. */
    private static void answer(RecordingBackend.Received request) throws Exception {
        if (request.head().value("Upgrade").equals("websocket")) {
            request.wire().write(WebSocketWire.acceptance(request, ""));
            request.wire().close();
        } else {
            request.ok("ok");
        }
    }

    private void count(Explanation said) {
        boolean isForwarded = said.backendRequest() != null;
        String kind = said.redirect() != null ? "redirected" : isForwarded ? "forwarded" : "refused";
        outcomes.merge(kind, 1, Integer::sum);
        boolean isWebSocket = isForwarded
                && said.backendRequest().headers().stream()
                        .anyMatch(field -> field.name().equals("Sec-WebSocket-Key"));
        outcomes.merge(isWebSocket ? "webSocket" : "plain", 1, Integer::sum);
        outcomes.merge(said.rewrites().isEmpty() ? "unchanged" : "rewritten", 1, Integer::sum);
    }
}
