package dev.gatehouse.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken JSON is described by what stands there and what may stand there (CFG-23). */
class StumbleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"a": 1 "b": 2}    | 9  | here stands the text "b", but ',' or '}' is expected.
            {"a": 1; "b": 2}   | 8  | here stands ';', but ',' or '}' is expected.
            {"a": "x" "y"}     | 11 | here stands the text "y", but ',' or '}' is expected.
            {"a" 1}            | 6  | here stands "1", but ':' is expected.
            {""}               | 4  | here stands '}', but ':' is expected.
            {'a': 1}           | 2  | here stands ''', but a name in double quotes or '}' is expected.
            {a: 1}             | 2  | here stands "a", but a name in double quotes or '}' is expected.
            {"a": 1,, "b": 2}  | 9  | here stands ',', but a name in double quotes or '}' is expected.
            {"a": }            | 7  | here stands '}', but a value is expected.
            {"a": True}        | 7  | here stands "True", but a value is expected.
            {"a": “x”}         | 7  | here stands '“', but a value is expected.
            {"a": 1]           | 8  | here stands ']', but ',' or '}' is expected.
            [1,, 2]            | 4  | here stands ',', but a value or ']' is expected.
            [1 {"a": 1}]       | 4  | here stands '{', but ',' or ']' is expected.
            [1, 2}             | 6  | here stands '}', but ',' or ']' is expected.
            {"a": 1}}          | 9  | here stands '}', but the end of the text is expected.
            hello              | 1  | here stands "hello", but an object or another JSON value is expected.
            {"a": 01}          | 8  | here stands a number that JSON does not know.
            {"a": 1.}          | 8  | here stands a number that JSON does not know.
            {"a": "C:\\dir"}    | 11 | the string holds a backslash before "dir", which is no escape.
            {"a": "x           | 9  | the text ends here, but a string is not closed.
            {"a": [1, 2        | 12 | the text ends here, but the array that begins at line 1 is not closed.
            {                  | 2  | the text ends here, but the object that begins at line 1 is not closed.
            {} /* x            | 8  | the text ends here, but a comment is not closed.
            """)
    void brokenTextIsDescribed(String text, int column, String cause) {
        assertThat(problem(text).message()).isEqualTo(cause);
        assertThat(problem(text).column()).isEqualTo(column);
        assertThat(problem(text).id()).isEqualTo("JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"a": 1 "b": 2} | Put a comma before it.
            {"a": None}     | Write null in lower case.
            {"a": “x”}      | Write straight double quotes: ".
            """)
    void cureFitsTheSlip(String text, String cure) {
        assertThat(problem(text).cure()).isEqualTo(cure);
    }

    @Test
    void excessIsDescribedToo() {
        assertThat(problem("[".repeat(100_000)).message())
                .isEqualTo("objects and arrays are nested deeper than 200 levels.");
        assertThat(problem("[" + "1,".repeat(2_000_001) + "1]").message())
                .isEqualTo("the text holds too many values, or one that is too long.");
    }

    private static Problem problem(String text) {
        Problems problems = new Problems();
        assertThat(TreeReader.read("f", text.getBytes(StandardCharsets.UTF_8), problems))
                .isEmpty();
        assertThat(problems.sorted("")).hasSize(1);
        return problems.sorted("").get(0);
    }
}
