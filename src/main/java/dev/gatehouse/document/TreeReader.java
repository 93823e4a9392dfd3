package dev.gatehouse.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.Problem.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lenient JSON (section 1.2) to a located tree, on Jackson's streaming parser: comments, one trailing comma and raw
 * control characters in strings pass, everything else that is not JSON is a problem with its place. Depth, number of
 * tokens and length of strings are bounded. Thread-safe.
 */
public final class TreeReader {
    private static final int DEEPEST = 200;
    private static final long MOST_TOKENS = 2_000_000;

    // Names are neither interned nor shared: a file full of different names must not fill a table of the process.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(MOST_TOKENS)
                    .build())
            .build();

    /**
     * The tree of a text.
     *
     * @param isFragment whether the text lacked its outer braces
     */
    public record Tree(Node root, boolean isFragment) {}

    private TreeReader() {}

    public static Optional<Tree> read(String file, byte[] bytes, Problems problems) {
        JsonText text;
        try {
            text = JsonText.of(bytes);
        } catch (CharacterCodingException e) {
            BrokenText broken = BrokenText.in(file, bytes);
            refuse(problems, broken.place(), broken.message(), "Save it as UTF-8.");
            return Optional.empty();
        }
        if (text.isBlank()) {
            refuse(problems, Place.start(file), "the file is empty.", "Export the gateway's JSON into it.");
            return Optional.empty();
        }
        return parse(file, text, problems).map(root -> new Tree(root, text.isFragment()));
    }

    private static Optional<Node> parse(String file, JsonText text, Problems problems) {
        try (JsonParser parser = FACTORY.createParser(text.text())) {
            return new Build(file, text, parser, problems).wholeText();
        } catch (IOException e) {
            throw new IllegalStateException("closing a parser over a string failed", e);
        }
    }

    private static void refuse(Problems problems, Place place, String message, String cure) {
        problems.error("JSON", Kind.SYNTAX, place, message, cure);
    }

    /** One pass over one text. The recursion is as deep as the text, which the parser bounds. */
    private static final class Build {
        private final String file;
        private final JsonText text;
        private final JsonParser parser;
        private final Problems problems;
        private Pointer current = Pointer.ROOT;

        Build(String file, JsonText text, JsonParser parser, Problems problems) {
            this.file = file;
            this.text = text;
            this.parser = parser;
            this.problems = problems;
        }

        Optional<Node> wholeText() throws IOException {
            try {
                @Nullable JsonToken first = parser.nextToken();
                if (first == null) {
                    refuse(problems, here(current), "the text holds no JSON value.", "Put the JSON into it.");
                    return Optional.empty();
                }
                Node root = value(first, Pointer.ROOT);
                if (parser.nextToken() != null) {
                    refuse(problems, here(Pointer.ROOT), "text follows the end of the JSON value.", "Remove it.");
                    return Optional.empty();
                }
                return Optional.of(root);
            } catch (JsonProcessingException e) {
                refuseToken(e);
                return Optional.empty();
            }
        }

        private Node value(JsonToken token, Pointer pointer) throws IOException {
            current = pointer;
            Place place = here(pointer);
            return switch (token) {
                case START_OBJECT -> object(place);
                case START_ARRAY -> array(place);
                case VALUE_STRING -> new ScalarNode(place, ScalarNode.Type.TEXT, parser.getText());
                case VALUE_TRUE, VALUE_FALSE -> new ScalarNode(place, ScalarNode.Type.BOOLEAN, parser.getText());
                case VALUE_NULL -> new ScalarNode(place, ScalarNode.Type.NULL, parser.getText());
                default -> new ScalarNode(place, ScalarNode.Type.NUMBER, parser.getText());
            };
        }

        private ObjectNode object(Place place) throws IOException {
            Map<String, Member> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                Pointer pointer = place.pointer().member(name);
                current = pointer;
                Place namePlace = here(pointer);
                Member member = new Member(name, namePlace, value(parser.nextToken(), pointer));
                @Nullable Member earlier = members.put(ObjectNode.fold(name), member);
                if (earlier != null) {
                    warnOfRepeat(earlier, member);
                }
            }
            return new ObjectNode(place, members);
        }

        private ArrayNode array(Place place) throws IOException {
            List<Node> elements = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                elements.add(value(token, place.pointer().element(elements.size())));
            }
            return new ArrayNode(place, elements);
        }

        private void warnOfRepeat(Member earlier, Member member) {
            problems.warn(
                    "CFG-9",
                    Kind.DUPLICATE,
                    member.place(),
                    "the object already has " + Wording.quote(earlier.name()) + " at line "
                            + earlier.place().line() + "; this one, the last, counts.",
                    "Remove one of the two; names that differ only in case are the same name.");
        }

        private void refuseToken(JsonProcessingException e) {
            @Nullable JsonLocation location = e.getLocation();
            Place place = location == null ? here(current) : at(location, current);
            refuse(
                    problems,
                    place,
                    ParserWords.cause(e),
                    "Correct the JSON here or shortly before; comments and a trailing comma are fine.");
        }

        private Place here(Pointer pointer) {
            return at(parser.currentTokenLocation(), pointer);
        }

        private Place at(JsonLocation location, Pointer pointer) {
            // Before its first token the parser stands at column 0.
            int line = Math.max(1, location.getLineNr());
            return new Place(file, line, text.column(line, Math.max(1, location.getColumnNr())), pointer);
        }
    }
}
