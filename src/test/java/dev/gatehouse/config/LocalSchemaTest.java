package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSchemaTest {
    private static final Path SCHEMA = Path.of("src/main/resources/dev/gatehouse/config/gatehouse.local.schema.json");

    static Stream<Arguments> objects() {
        return Stream.of(
                Arguments.of("", LocalFileReader.KEYS),
                Arguments.of("properties/listen", LocalFileReader.LISTEN_KEYS),
                Arguments.of("properties/webSocket", WebSocketReader.KEYS),
                Arguments.of("properties/accessLog", AccessLogReader.KEYS),
                Arguments.of("properties/admin", LocalFileReader.ADMIN_KEYS),
                Arguments.of("properties/reload", LocalFileReader.RELOAD_KEYS),
                Arguments.of("properties/shutdown", LocalFileReader.SHUTDOWN_KEYS),
                Arguments.of("properties/limits", TrafficReader.LIMIT_KEYS),
                Arguments.of("properties/buffering", TrafficReader.BUFFERING_KEYS),
                Arguments.of("properties/forwarding", TrafficReader.FORWARDING_KEYS),
                Arguments.of("properties/affinity", TrafficReader.AFFINITY_KEYS),
                Arguments.of("properties/tokens", TrafficReader.TOKEN_KEYS),
                Arguments.of("properties/health", ProbeKindReader.HEALTH_KEYS),
                Arguments.of("$defs/probe", ProbeKindReader.KEYS),
                Arguments.of("$defs/certificate", CertificateSources.KEYS),
                Arguments.of("$defs/trust", CertificateSources.KEYS));
    }

    @Test
    void schemaIsASchema() throws IOException {
        assertThat(JsonSchemas.complaints(JsonSchemas.ofSchemas(), Files.readString(SCHEMA)))
                .isEmpty();
        assertThat(JsonSchemas.complaints(JsonSchemas.ofSchemas(), "{ \"properties\": { \"a\": 5 } }"))
                .isNotEmpty();
    }

    @Test
    void everyExampleOfTheSchemaObeysItsOwnPart() throws IOException {
        JsonNode schema = json(Files.readString(SCHEMA));
        int examples = 0;
        for (String part : List.of("properties", "$defs")) {
            for (Map.Entry<String, JsonNode> member : schema.path(part).properties()) {
                for (JsonNode example : member.getValue().path("examples")) {
                    ObjectMapper mapper = new ObjectMapper();
                    JsonNode file = part.equals("properties")
                            ? mapper.createObjectNode().set(member.getKey(), example)
                            : example;
                    String pointer = part.equals("properties") ? "" : "#/$defs/" + member.getKey();
                    assertThat(complaints(file, pointer)).as(member.getKey()).isEmpty();
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(20);
        assertThat(complaints(schema.at("/examples/0"), "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/test/resources/dev/gatehouse/config/local/every-key.jsonc", // product.md section 3
                "src/main/resources/dev/gatehouse/demo/gatehouse.local.json"
            })
    void shippedLocalFilesObeySchemaAndReader(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(complaints(json(text), "")).isEmpty();
        assertThat(isRead(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ '$schema': 'gatehouse.local.schema.json' }",
                "{ 'parameters': { 'a': { 'value': 1 }, 'b': { 'value': null, 'metadata': { 'description': 'd' } } } }",
                "{ 'parameters': { 's': { 'reference': { 'keyVault': { 'id': '/v' }, 'secretName': 'n' } } } }",
                "{ 'parameters': { '$schema': 'https://x/deploymentParameters.json#', 'contentVersion': '1.0.0.0',"
                        + " 'parameters': { 'a': { 'value': [1] } } } }",
                "{ 'certificates': { 'a': { 'pfx': 'a.pfx', 'selfSigned': false } } }",
                "{ 'trust': { 'a': { 'pem': 'a.pem' } } }",
                "{ 'admin': { 'listen': 9901 } }",
                "{ 'admin': { 'listen': 'off' } }",
                "{ 'admin': { 'listen': false } }",
                "{ 'shutdown': { 'timeout': '1h' } }",
                "{ 'shutdown': { 'timeout': 0 } }",
                "{ 'health': { 'optimisticStart': true } }",
                "{ 'probes': { 'p': { 'kind': 'webSocket' }, 'q': { 'kind': 'tcp' }, 'r': { 'kind': 'http' } } }",
                "{ 'probes': { 'p': { 'kind': 'webSocket', 'path': '/a%20b?x=1&y=!', 'subprotocol': 'v1.chat' } } }",
                "{ 'webSocket': { 'pingInterval': 0, 'maxMessageSize': '64 kb' } }"
            })
    void schemaAndReaderTakeTheSame(String text) throws IOException {
        assertThat(complaints(json(text.replace('\'', '"')), "")).isEmpty();
        assertThat(isRead(text.replace('\'', '"'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{ 'listens': {} }",
                "{ 'listen': { 'port': 80 } }",
                "{ 'listen': { 'ports': { 'http': 80 } } }",
                "{ 'listen': { 'ports': { '80': 80800 } } }",
                "{ 'listen': { 'frontends': 'all' } }",
                "{ 'pools': { 'a': '127.0.0.1:9001' } }",
                "{ 'pools': { 'a': [9001] } }",
                "{ 'addresses': [] }",
                "{ 'certificates': { 'a': { 'pfx': 'a.pfx', 'selfSigned': true } } }",
                "{ 'certificates': { 'a': { 'pem': 'a.pem' } } }",
                "{ 'certificates': { 'a': { 'file': 'a.pem' } } }",
                "{ 'trust': { 'a': { 'selfSigned': true } } }",
                "{ 'parameters': 5 }",
                "{ 'webSocket': { 'enabled': false } }",
                "{ 'webSocket': { 'mode': 'off' } }",
                "{ 'webSocket': { 'pingInterval': 'soon' } }",
                "{ 'accessLog': { 'format': 'xml' } }",
                "{ 'admin': { 'listen': 'localhost' } }",
                "{ 'admin': { 'listen': true } }",
                "{ 'reload': { 'watch': 'often' } }",
                "{ 'health': { 'optimisticStart': 'perhaps' } }",
                "{ 'probes': { 'p': 'tcp' } }",
                "{ 'probes': { 'p': {} } }",
                "{ 'probes': { 'p': { 'kind': 'icmp' } } }",
                "{ 'probes': { 'p': { 'kind': 'tcp', 'path': '/' } } }",
                "{ 'probes': { 'p': { 'kind': 'http', 'subprotocol': 'chat' } } }",
                "{ 'probes': { 'p': { 'kind': 'webSocket', 'path': 'ws' } } }",
                "{ 'probes': { 'p': { 'kind': 'webSocket', 'path': '/a b' } } }",
                "{ 'probes': { 'p': { 'kind': 'webSocket', 'path': '/a#b' } } }",
                "{ 'probes': { 'p': { 'kind': 'webSocket', 'subprotocol': 'a, b' } } }",
                "{ 'probes': { 'p': { 'kind': 'webSocket', 'interval': 5 } } }"
            })
    void schemaAndReaderRefuseTheSame(String text) throws IOException {
        assertThat(complaints(json(text.replace('\'', '"')), "")).isNotEmpty();
        assertThat(isRead(text.replace('\'', '"'))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ 'parameters': { 'a': 1 } }",
                "{ 'parameters': { 'a': {} } }",
                "{ 'parameters': { 'a': { 'values': 1 } } }",
                "{ 'parameters': { 'a': { 'reference': { 'secretName': 'n' } } } }"
            })
    void parametersHaveTheFormOfAParameterFile(String text) throws IOException {
        assertThat(complaints(json(text.replace('\'', '"')), "")).isNotEmpty();
    }

    private static List<String> complaints(JsonNode file, String pointer) throws IOException {
        Schema schema = JsonSchemas.of(SCHEMA);
        Schema part =
                pointer.isEmpty() ? schema : schema.getRefSchema(SchemaLocation.Fragment.of(pointer.substring(1)));
        return part.validate(file).stream().map(Object::toString).toList();
    }

    private static JsonNode json(String text) throws IOException {
        return JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .build()
                .readTree(text);
    }

    private static boolean isRead(String text) {
        Problems problems = new Problems();
        TreeReader.read("local", text.getBytes(StandardCharsets.UTF_8), problems)
                .filter(tree -> tree.root() instanceof ObjectNode)
                .ifPresentOrElse(
                        tree -> new LocalFileReader((ObjectNode) tree.root(), Path.of(""), problems).read(),
                        () -> problems.error("LOCAL", Kind.TYPE, Place.wholeFile("local"), "no object.", ""));
        return !problems.hasErrors();
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
