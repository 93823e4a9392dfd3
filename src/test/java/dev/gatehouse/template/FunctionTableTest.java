package dev.gatehouse.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 2 of config-model.md, section 6 of arm-in-the-wild.md: every function, from a table of expressions. */
class FunctionTableTest {
    private static final Pattern FAULT = Pattern.compile("([0-9]+) (.*)");

    static List<String> rows() {
        try (InputStream table = FunctionTableTest.class.getResourceAsStream("/template/functions.txt")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> values() {
        return rows().stream().filter(row -> row.contains(" => ")).toList();
    }

    static List<String> faults() {
        return rows().stream().filter(row -> row.contains(" !! ")).toList();
    }

    @ParameterizedTest
    @MethodSource("values")
    void expressionHasItsValue(String row) {
        String[] parts = row.split(" => ", 2);
        assertThat(TableScope.value("[" + parts[0].strip() + "]")).isEqualTo(parts[1].strip());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultNamesPlaceCauseAndCure(String row) {
        String[] parts = row.split(" !! ", 2);
        Matcher expected = FAULT.matcher(parts[1].strip());
        assertThat(expected.matches()).isTrue();
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> TableScope.value("[" + parts[0].strip() + "]"))
                .satisfies(fault -> {
                    assertThat(fault.cause()).contains(expected.group(2));
                    assertThat(fault.offset()).isEqualTo(Integer.parseInt(expected.group(1)));
                    assertThat(fault.cure()).endsWith(".");
                    assertThat(fault.place()).isPresent();
                });
    }

    @Test
    void everyFunctionHasARow() {
        String table = String.join("\n", values()).toLowerCase(Locale.ROOT);
        assertThat(Builtins.names())
                .filteredOn(name -> !List.of("fail", Lambda.NAME, Builtins.LIST).contains(name))
                .allSatisfy(name -> assertThat(table).contains(name.toLowerCase(Locale.ROOT) + "("));
        assertThat(Builtins.names()).hasSizeGreaterThan(105);
    }
}
