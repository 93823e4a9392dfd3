package dev.gatehouse.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.Need;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2: places, open values, and that no file can hang or exhaust the reader. */
class EvaluatorTest {
    private final Evaluator evaluator = new Evaluator();
    private final TableScope scope = new TableScope(evaluator);

    private Node evaluate(String expression) {
        return evaluator.evaluate(expression, TableScope.PLACE, scope);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Needs: of the condition only, of all arguments, of a text's holes, of members deep inside.
                "if(parameters('open1'), parameters('open2'), 1)                       | open1",
                "if(true(), parameters('open2'), parameters('open1'))                  | open2",
                "equals(parameters('open1'), parameters('open2'))                      | open1,open2",
                "concat('a', parameters('open1'), parameters('open2'))                 | open1,open2",
                "and(parameters('open1'), parameters('open2'))                         | open1",
                "coalesce(null(), parameters('open1'), parameters('open2'))            | open1",
                "string(createObject('a', createArray(parameters('open1'))))           | open1",
                "parameters('open1')[parameters('open2')]                              | open1,open2",
                "parameters('open1').a.b.c                                             | open1",
                "map(createArray(parameters('open1')), lambda('x', lambdaVariables('x')))[0] | open1",
                "filter(createArray(1), lambda('x', parameters('open1')))              | open1",
                "sort(createArray(1, 2), lambda('x', 'y', parameters('open1')))        | open1",
                "resourceId(parameters('open1'), parameters('open2'))                  | open1,open2",
                "resourceId(parameters('open1'), 'A.B/c', parameters('open2'))         | open1,open2"
            })
    void openValueSaysWhatWouldCloseIt(String expression, String needs) {
        OpenNode open = (OpenNode) evaluate("[" + expression + "]");
        assertThat(open.needs()).extracting(Need::key).containsExactlyInAnyOrder(needs.split(","));
    }

    @Test
    void holesThatMeanTheSameReadTheSame() {
        assertThat(evaluate("[concat('a', PARAMETERS ( 'open' ))]")
                        .sameAs(evaluate("[format('a{0}', parameters('open'))]")))
                .isTrue();
        assertThat(evaluate("[length(parameters('open1'))]").sameAs(evaluate("[length(parameters('open2'))]")))
                .isFalse();
    }

    @Test
    void veryLongHolesAreCutButStayDifferent() {
        String one =
                ((OpenNode) evaluate("[empty(take(parameters('open'), length('" + "x".repeat(9_000) + "')))]")).text();
        String base = "createArray('" + "x".repeat(600) + "', ";
        String left = ((OpenNode) evaluate("[equals(" + base + "parameters('open')), " + base + "1))]")).text();
        String right = ((OpenNode) evaluate("[equals(" + base + "parameters('open')), " + base + "2))]")).text();
        assertThat(one).hasSizeLessThan(100);
        assertThat(left).hasSizeLessThan(300).isNotEqualTo(right);
        assertThat(Holes.isWhole(left)).isTrue();
    }

    @Test
    void valueStandsWhereItsExpressionStands() {
        ObjectNode file = file("{\n  \"x\": \"[createArray(1, variables('name'))]\"}");
        Node string = file.get("x").orElseThrow();
        Node value = evaluator.evaluate(string, scope);
        assertThat(value.place()).hasToString("f.json:2:8 x");
        assertThat(((ArrayNode) value).elements().get(1).place()).hasToString("f.json:2:8 x[1]");
    }

    @Test
    void faultStandsAtItsCharacterInTheFile() {
        ObjectNode file = file("{\"x\": [1, \"[concat('\\u0041\\n',\n   add('x', 1))]\"]}");
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> evaluator.evaluate(file, scope))
                .satisfies(fault -> assertThat(fault.place().orElseThrow()).hasToString("f.json:2:8 x[1]"));
    }

    @Test
    void faultInAVariableStandsInTheVariable() {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> evaluate("[concat('a', variables('wrong'))]"))
                .satisfies(
                        fault -> assertThat(fault.place().orElseThrow().file()).isEqualTo("v.json"))
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[variables('self')]", "[my.loop(1)]"})
    void endlessRecursionIsAFault(String expression) throws InterruptedException {
        // Even a thread with the smallest usual stack survives the deepest evaluation.
        onSmallStack(() -> assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> evaluate(expression))
                .withMessageContaining("over more than"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "padLeft('a', 99999999)                                                                     | longer than",
                "padLeft('a', 9999999999)                                                                   | out of range",
                "reduce(range(0, 100), 'aaaa', lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a')))) | more work",
                "reduce(range(0, 100), 'a', lambda('a', 'b', replace(lambdaVariables('a'), 'a', 'aa')))     | more work",
                "reduce(range(0, 100), 'aa', lambda('a', 'b', join(createArray(lambdaVariables('a'), 'a'), lambdaVariables('a')))) | longer than",
                "reduce(range(0, 100), 'a', lambda('a', 'b', format('{0}{0}{0}', lambdaVariables('a'))))    | longer than",
                "reduce(range(0, 100), 'a', lambda('a', 'b', string(createArray(lambdaVariables('a'), lambdaVariables('a'))))) | longer than",
                "reduce(range(0, 100), createArray(1), lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a')))) | more than 100000 elements",
                "reduce(range(0, 900), 1, lambda('a', 'b', createArray(lambdaVariables('a'))))              | nested deeper than 200",
                "reduce(range(0, 99), 1, lambda('a', 'b', createArray(lambdaVariables('a'), lambdaVariables('a')))) | more than 1000000",
                "reduce(range(0, 99), 1, lambda('a', 'b', createObject('x', lambdaVariables('a'), 'y', lambdaVariables('a')))) | more than 1000000",
                "reduce(range(0, 100), parameters('open'), lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a')))) | longer than",
                "map(range(0, 10000), lambda('a', map(range(0, 10000), lambda('b', 1))))                    | more work",
                "length(split(padLeft('', 1000000), padLeft('', 2000)))                                      | more work",
                "contains(padLeft('', 1000000), padLeft('a', 1000000))                                      | more work",
                "indexOf(padLeft('', 1000000), padLeft('a', 400000))                                        | more work",
                "union(range(0, 10000), range(5000, 10000))                                                 | more work",
                "sort(range(0, 10000), lambda('a', 'b', contains(range(0, 10000), lambdaVariables('b'))))   | more work"
            })
    void costlyExpressionIsAFault(String expression, String message) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatExceptionOfType(EvaluationException.class)
                        .isThrownBy(() -> evaluate("[" + expression + "]"))
                        .withMessageContaining(message));
    }

    @Test
    void budgetIsSharedByAllExpressionsOfALoad() {
        Evaluator poor = new Evaluator(new Budget(1_000));
        TableScope own = new TableScope(poor);
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        poor.evaluate("[concat('a', 'b')]", TableScope.PLACE, own);
                    }
                })
                .withMessageContaining("more work");
    }

    @Test
    void contradictoryOrderStillSorts() {
        assertThat(
                        TableScope.show(
                                evaluate(
                                        "[length(sort(range(0, 200), lambda('a', 'b', equals(mod(mul(lambdaVariables('a'), 7919), 3), mod(lambdaVariables('b'), 2)))))]")))
                .isEqualTo("200");
    }

    @Test
    void mutatedExpressionsEitherHaveAValueOrAFault() {
        Random random = new Random(20_240_531);
        Object[] seeds = FunctionTableTest.rows().stream()
                .map(row -> "[" + row.split(" (=>|!!) ", 2)[0].strip() + "]")
                .toArray();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        int values = 0;
        for (int i = 0; i < 40_000; i++) {
            String mutant = mutated(
                    (String) seeds[random.nextInt(seeds.length)], (String) seeds[random.nextInt(seeds.length)], random);
            Evaluator fresh = new Evaluator();
            try {
                fresh.evaluate(mutant, TableScope.PLACE, new TableScope(fresh));
                values++;
            } catch (EvaluationException fault) {
                assertThat(fault.offset()).as(mutant).isBetween(0, mutant.length());
                assertThat(fault.cause()).as(mutant).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("the expression " + mutant, e);
            }
        }
        assertThat(values).isBetween(1_000, 39_000);
        assertThat(System.nanoTime()).isLessThan(end);
    }

    private static String mutated(String seed, String other, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = 1 + random.nextInt(Math.max(1, text.length() - 2));
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(Math.min(at, text.length() - 1));
                case 1 -> text.insert(at, "[](),.?'«»-9{}\\ \u0000\ud800é%:;".charAt(random.nextInt(22)));
                case 2 -> text.setCharAt(Math.min(at, text.length() - 1), (char) (32 + random.nextInt(95)));
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
                case 4 -> text.insert(at, other, 1, Math.max(1, random.nextInt(other.length())));
                default -> text.insert(at, random.nextLong());
            }
        }
        return "[" + text.substring(1, Math.max(1, text.length() - 1)) + "]";
    }

    private static void onSmallStack(Runnable test) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(null, test, "small stack", 512 * 1024);
        thread.setUncaughtExceptionHandler((dead, cause) -> thrown[0] = cause);
        thread.start();
        thread.join();
        assertThat(thrown[0]).isNull();
    }

    private static ObjectNode file(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return (ObjectNode)
                TreeReader.read("f.json", bytes, new Problems()).orElseThrow().root();
    }

    @Test
    void placeWithoutTextStaysAsItIs() {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> evaluate("[nothing()]"))
                .satisfies(fault ->
                        assertThat(fault.place()).contains(new Place("t.json", 1, 1, TableScope.PLACE.pointer())));
    }
}
