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

    private static final JsonFactory COMPUTED = FACTORY.rebuild()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    /** Where the parser's positions lie. */
    @FunctionalInterface
    private interface Locator {
        Place at(JsonLocation location, Pointer pointer);
    }

    private record Source(String text, Pointer root, Locator locator) {}

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
        Locator locator = (location, pointer) -> text.place(file, (int) location.getCharOffset(), pointer);
        return parse(FACTORY, new Source(text.text(), Pointer.ROOT, locator), problems)
                .map(root -> new Tree(root, text.isFragment()));
    }

    /**
     * The value of JSON text that a template computed. Quotes may be single and names bare, as in the text that
     * templates hand to {@code json()}.
     *
     * @param place where every part of it is said to stand, each with its own path
     */
    public static Optional<Node> computed(Place place, String json, Problems problems) {
        Locator locator = (location, pointer) -> place.at(pointer);
        return parse(COMPUTED, new Source(json, place.pointer(), locator), problems);
    }

    private static Optional<Node> parse(JsonFactory factory, Source source, Problems problems) {
        try (JsonParser parser = factory.createParser(source.text())) {
            return new Build(source, parser, problems).wholeText();
        } catch (IOException e) {
            throw new IllegalStateException("closing a parser over a string failed", e);
        }
    }

    private static void refuse(Problems problems, Place place, String message, String cure) {
        problems.error("JSON", Kind.SYNTAX, place, message, cure);
    }

    /** One pass over one text. The recursion is as deep as the text, which the parser bounds. */
    private static final class Build {
        private final Source source;
        private final JsonParser parser;
        private final Problems problems;
        private Pointer current;

        Build(Source source, JsonParser parser, Problems problems) {
            this.source = source;
            this.current = source.root();
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
                Node root = value(first, source.root());
                if (parser.nextToken() != null) {
                    refuse(problems, here(source.root()), "text follows the end of the JSON value.", "Remove it.");
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
            Place place = location == null ? here(current) : source.locator().at(location, current);
            Stumble stumble = Stumble.of(e, source.text(), parser.getParsingContext(), DEEPEST);
            refuse(problems, place, stumble.cause(), stumble.cure());
        }

        private Place here(Pointer pointer) {
            return source.locator().at(parser.currentTokenLocation(), pointer);
        }
    }
}
