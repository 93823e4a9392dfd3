package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    private final Problems problems = new Problems();
    private final Patterns patterns = new Patterns(problems);

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            ^/shop/([^/]+)/(.+)$ 2
            (?i)bearer 0
            (?P<name>a)(b) 2
            [](]{3} 0
            (a{10}){100} 1
            \\({3}b{1000} 0
            {x} 0
            """)
    void groupsAreCounted(String pattern, int groups) {
        assertThat(patterns.groups(pattern, Place.wholeFile("f"))).hasValue(groups);
        assertThat(problems.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)",
                "x(?!y)",
                "(?<=a)b",
                "(a)\\1",
                "(a",
                "[z-a]",
                "a{1001}",
                "a**",
                // would unroll to a program of gigabytes
                "((a{1000}){1000}){1000}",
                "(a{101}){10}",
                "(?:(x|[)]){32}){32}",
                "((((((((((a{9}){9}){9}){9}){9}))))))"
            })
    void whatRe2LacksOrCannotBearIsRefused(String pattern) { // VAL-32
        assertThat(patterns.groups(pattern, Place.wholeFile("f"))).isEmpty();
        assertThat(problems.sorted(""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.id()).isEqualTo("VAL-32"));
    }

    @Test
    void longPatternIsRefusedBeforeItIsCompiled() {
        assertThat(patterns.groups("(".repeat(100_000), Place.wholeFile("f"))).isEmpty();
    }
}
