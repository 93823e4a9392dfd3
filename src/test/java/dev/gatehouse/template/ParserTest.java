package dev.gatehouse.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.gatehouse.template.Syntax.Access;
import dev.gatehouse.template.Syntax.Invocation;
import dev.gatehouse.template.Syntax.Text;
import dev.gatehouse.template.Syntax.Whole;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2: the grammar, and that every fault names its character. */
class ParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]             | 1  | a value is missing before \"]\"",
                "[a]            | 2  | \"(\" is missing after the name \"a\"",
                "[a.b]          | 4  | \"(\" is missing after the name \"b\"",
                "[a.()]         | 3  | the name of the function of \"a\" is missing",
                "[a(]           | 3  | a value is missing before \"]\"",
                "[a(,)]         | 3  | a value is missing before \",\"",
                "[a('x' 'y')]   | 7  | \")\" that ends the arguments of \"a\" is missing before a string",
                "[a('x',)]      | 7  | a value is missing before \")\"",
                "[a()) ]        | 4  | \"]\" that ends the expression is missing before \")\"",
                "[a('x)]        | 3  | the string that begins here never ends",
                "[a('x'']       | 3  | the string that begins here never ends",
                "[a(\"x\")]     | 3  | the character '\"' means nothing",
                "[a(1 + 2)]     | 5  | \"+\" is no number",
                "[a(1.5)]       | 3  | only whole numbers",
                "[a(1x)]        | 3  | only whole numbers",
                "[a(-)]         | 3  | \"-\" is no number",
                "[a(99999999999999999999)] | 3 | needs more than 64 bits",
                "[a() b()]      | 5  | \"]\" that ends the expression is missing before the name \"b\"",
                "[a()][b()]     | 4  | the expression ends here, but text follows",
                "[a().]         | 5  | the name of the property is missing before \"]\"",
                "[a().'x']      | 5  | the name of the property is missing before a string",
                "[a()[]]        | 5  | a value is missing before \"]\"",
                "[a()[0)]       | 6  | \"]\" that ends the index is missing before \")\"",
                "[a() == b()]   | 5  | the character '=' means nothing",
                "[a(b(c(}))]    | 7  | the character '}' means nothing"
            })
    void faultStandsAtItsCharacter(String expression, int offset, String message) {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> Parser.parse(expression))
                .satisfies(fault -> assertThat(fault.cause()).contains(message))
                .satisfies(fault -> assertThat(fault.cure()).endsWith("."))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(offset));
    }

    @Test
    void treeKnowsWhereEachPartStands() {
        Syntax tree = Parser.parse("[ ns.fn\t( 'a''b',\n-5 ).x['y'] ]");
        Invocation call =
                new Invocation(2, 22, Optional.of("ns"), "fn", List.of(new Text(10, 16, "a'b"), new Whole(18, 20, -5)));
        Access member = new Access(2, 24, call, new Text(23, 24, "x"), false);
        assertThat(tree).isEqualTo(new Access(2, 29, member, new Text(25, 28, "y"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a()]",
                "[ a ( ) ]",
                "[\n\ta(\u00a0)\r\n]",
                "[a().?b]",
                "[a()[?0]]",
                "['x']",
                "[5]",
                "[a().b.c[1].d]"
            })
    void blanksAndSafeAccessAreFine(String expression) {
        assertThatNoException().isThrownBy(() -> Parser.parse(expression));
    }

    @ParameterizedTest
    @CsvSource({
        "[a()],   true",
        "[[a()],  false",
        "[a(),    false",
        "a()],    false",
        "[],      true",
        "[,       false",
        "'',      false"
    })
    void bracketsTellExpressionsFromText(String text, boolean isExpression) {
        assertThat(Expressions.isExpression(text)).isEqualTo(isExpression);
    }

    @ParameterizedTest
    @CsvSource({"[[a()], [a()]", "[[a, [a", "[a, [a", "a, a", "[[[a], [[a]"})
    void doubledBracketIsOne(String text, String literal) {
        assertThat(Expressions.literal(text)).isEqualTo(literal);
        assertThat(TableScope.value(text)).isEqualTo('"' + literal + '"');
    }

    @Test
    void deepNestingIsAFaultAndNoOverflow() {
        int deep = 10_000;
        for (String hostile : List.of(
                "[" + "a(".repeat(deep) + ")".repeat(deep) + "]",
                "[a()" + ".b".repeat(deep) + "]",
                "[a()" + "[a()".repeat(deep) + "]".repeat(deep) + "]",
                "[" + "a(b(".repeat(deep))) {
            assertThatExceptionOfType(EvaluationException.class)
                    .isThrownBy(() -> Parser.parse(hostile))
                    .withMessageContaining("nested deeper");
        }
    }

    @Test
    void hugeExpressionIsAFault() {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> Parser.parse("[a('" + "x".repeat(200_000) + "')]"))
                .withMessageContaining("longer than");
    }
}
