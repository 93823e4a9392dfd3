package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocalSchemaTest {
    private static final Path SCHEMA = Path.of("src/main/resources/dev/gatehouse/config/gatehouse.local.schema.json");

    static Stream<Arguments> objects() {
        return Stream.of(
                Arguments.of("", LocalFileReader.KEYS),
                Arguments.of("properties/listen", LocalFileReader.LISTEN_KEYS),
                Arguments.of("properties/webSocket", WebSocketReader.KEYS),
                Arguments.of("properties/accessLog", LocalFileReader.ACCESS_LOG_KEYS),
                Arguments.of("properties/admin", LocalFileReader.ADMIN_KEYS),
                Arguments.of("properties/reload", LocalFileReader.RELOAD_KEYS),
                Arguments.of("$defs/certificate", CertificateSources.KEYS));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void schemaKnowsTheKeysOfTheReaderAndNoOthers(String path, List<String> keys) throws IOException {
        ObjectNode object = at(path);

        List<String> names = object.object("properties").orElseThrow().members().stream()
                .map(ObjectNode.Member::name)
                .filter(name -> !name.equals("$schema"))
                .toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(object.get("additionalProperties"))
                .hasValueSatisfying(node -> assertThat(node.describe()).isEqualTo("the boolean false"));
    }

    @Test
    void everyPropertyIsDescribed() throws IOException {
        for (ObjectNode.Member member :
                at("").object("properties").orElseThrow().members()) {
            assertThat(((ObjectNode) member.value()).text("description"))
                    .as(member.name())
                    .isPresent();
        }
    }

    private static ObjectNode at(String path) throws IOException {
        Problems problems = new Problems();
        ObjectNode node = (ObjectNode) TreeReader.read("schema", Files.readAllBytes(SCHEMA), problems)
                .orElseThrow()
                .root();
        assertThat(problems.sorted("")).isEmpty();
        for (String step : path.isEmpty() ? new String[0] : path.split("/")) {
            node = node.object(step).orElseThrow();
        }
        return node;
    }
}
