package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader.Source;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.ProbeTiming;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code probes} and {@code health} of the local file; what is wrong in them is in the golden case probe-kinds. */
class ProbeKindReaderTest {
    private static final Path GATEWAY = Path.of("src/test/resources/dev/gatehouse/config/cases/probe-kinds.json");

    @ParameterizedTest
    @ValueSource(strings = {"chatProbe", "CHATPROBE"})
    void probeOfTheNameAsksInItsWayAndKeepsAllElse(String name) throws IOException { // CFG-10
        Probe azure = probe(load("{}"), 0).orElseThrow();
        Probe chat = probe(load("{ 'probes': { '" + name + "': { 'kind': 'websocket', 'path': '/ws' } } }"), 0)
                .orElseThrow();

        assertThat(azure.kind()).isEqualTo(ProbeKind.HTTP);
        assertThat(chat.kind()).isEqualTo(new ProbeKind.WebSocket("/ws", null));
        assertThat(chat)
                .usingRecursiveComparison()
                .ignoringFields("kind")
                .isEqualTo(azure); // PRB-15: equality tells of the kind
        assertThat(chat).isNotEqualTo(azure);
    }

    @Test
    void settingsWithoutAProbeGetTheDefaultOneOfThatKind() throws IOException { // PRB-2
        Probe probe =
                probe(load("{ 'probes': { 'PLAIN': { 'kind': 'tcp' } } }"), 1).orElseThrow();

        assertThat(probe.isDefault()).isTrue();
        assertThat(probe.kind()).isEqualTo(new ProbeKind.Tcp());
        assertThat(probe.host()).isNull();
        assertThat(probe.path()).isEqualTo("/");
        assertThat(probe.timing()).isEqualTo(ProbeTiming.DEFAULT);
        assertThat(probe.match()).isEqualTo(ProbeMatch.DEFAULT);
    }

    @Test
    void httpIsWhatTheyDoAnyway() throws IOException {
        GatewayConfiguration plain = load("{}");
        GatewayConfiguration named =
                load("{ 'probes': { 'plain': { 'kind': 'http' }, 'chatProbe': { 'kind': 'http' } } }");

        assertThat(named.gateway().backendHttpSettings())
                .isEqualTo(plain.gateway().backendHttpSettings());
        assertThat(probe(named, 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'{}', false", "'{ ''health'': { ''optimisticStart'': true } }', true"})
    void membersStartUnknownUnlessTheFileIsOptimistic(String local, boolean isOptimistic) throws IOException { // PRB-11
        assertThat(load(local).local().health().optimisticStart()).isEqualTo(isOptimistic);
    }

    private static Optional<Probe> probe(GatewayConfiguration configuration, int index) {
        return Optional.ofNullable(
                configuration.gateway().backendHttpSettings().get(index).probe());
    }

    private static GatewayConfiguration load(String local) throws IOException {
        LoadResult result = TestDay.reader()
                .load(
                        new Source("gateway.json", Files.readAllBytes(GATEWAY)),
                        Optional.of(new Source(
                                "local.json", local.replace('\'', '"').getBytes(StandardCharsets.UTF_8))),
                        Path.of("."));
        return result.configuration().orElseThrow(() -> new AssertionError(result.problems()));
    }
}
