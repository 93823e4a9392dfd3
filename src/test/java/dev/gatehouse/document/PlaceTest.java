package dev.gatehouse.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 1.2: every message names the exact line and column, escapes and multi-line strings notwithstanding. */
class PlaceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // JSON with \n for raw line ends | index in the decoded string | line | column
                "{\"a\": \"bcd\"}                 | 0 | 1 | 8",
                "{\"a\": \"bcd\"}                 | 2 | 1 | 10",
                "{\"a\": \"\\n\\\"c\"}        | 2 | 1 | 12",
                "{\"a\": \"\\u0041bc\"}         | 1 | 1 | 14",
                "{\"a\": \"b~  c\"}               | 2 | 2 | 1",
                "{\"a\": \"b~  c\"}               | 4 | 2 | 3",
                "{\"a\": \"b^~c\"}                | 3 | 2 | 1",
                "{\"a\": \"b^c\"}                 | 2 | 2 | 1",
                "{~ \"a\":~  \"bc\"}              | 1 | 3 | 5",
                "\"a\": \"bc\"                    | 1 | 1 | 8",
                "{\"a\": \"bc\"}                  | 2 | 1 | 10",
                "{\"a\": \"bc\"}                  | 9 | 1 | 10"
            })
    void characterOfAStringIsFoundInItsSource(String json, int index, int line, int column) {
        Place place = member(json, "a").value().place().inside(index);
        assertThat(place.line()).isEqualTo(line);
        assertThat(place.column()).isEqualTo(column);
        assertThat(place.path()).isEqualTo("a");
    }

    @Test
    void memberAfterAMultiLineStringHasItsOwnLine() {
        ObjectNode.Member member = member("{\"x\": \"1~2~3\",~ \"a\": \"bc\"}", "a");
        assertThat(member.place()).hasToString("f.json:4:2 a");
        assertThat(member.value().place().inside(1)).hasToString("f.json:4:9 a");
        assertThat(member.place().inside(0).column()).isEqualTo(3);
    }

    @Test
    void longFileKeepsExactPlaces() {
        String json = "{\"x\": \"" + "é\\t".repeat(30_000) + "\",\n \"a\": \"bc\"}";
        assertThat(member(json, "a").value().place().inside(1)).hasToString("f.json:2:9 a");
    }

    @Test
    void placeOfNoStringHasNoInside() {
        Place place = member("{\"a\": 17}", "a").value().place();
        assertThat(place.inside(1)).isEqualTo(place);
        assertThat(Place.wholeFile("f").inside(3)).isEqualTo(Place.wholeFile("f"));
    }

    @Test
    void extentCountsSharedPartsEachTime() {
        Node leaf = member("{\"a\": [1, {\"b\": 2}]}", "a").value();
        assertThat(leaf.extent()).isEqualTo(new Extent(3, 4));
        Node node = leaf;
        for (int i = 0; i < 60; i++) {
            node = new ArrayNode(leaf.place(), List.of(node, node));
        }
        assertThat(node.extent()).isEqualTo(new Extent(63, 1L << 40));
    }

    private static ObjectNode.Member member(String json, String name) {
        byte[] bytes = json.replace('~', '\n').replace('^', '\r').getBytes(StandardCharsets.UTF_8);
        ObjectNode root = (ObjectNode)
                TreeReader.read("f.json", bytes, new Problems()).orElseThrow().root();
        return Objects.requireNonNull(root.byFoldedName().get(name));
    }
}
