package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.LoadResult;
import dev.gatehouse.testkit.Corpus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4.18: explain names the advanced rule that decides, and why those before it do not. */
class AdvancedReasonsTest {
    private static final String[] ADVANCED = {
        "\"httpListener\": \"plain\", \"redirectConfiguration\": \"away\"",
        "\"httpListener\": \"plain\", \"ruleType\": \"AdvancedRouting\", \"advancedRoutingMap\": \"rings\""
    };
    private static final LoadResult LOADED = Corpus.loadText(Shop.text(ADVANCED));
    private static final Explainer EXPLAINER =
            new Explainer(LOADED.configuration().orElseThrow(), LOADED.origins(), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a.example/b/x | X-Ring: canary | first | api | advancedRoutingMaps[0].advancedRoutingRules[0].priority",
                "http://a.example/B/x | X-Ring: beta | first | api | advancedRoutingMaps[0].advancedRoutingRules[0].priority",
                "http://a.example/c/x | X-Ring: beta | | web | advancedRoutingMaps[0].name",
                "http://a.example/b/x | X-Ring: BETA | | web | advancedRoutingMaps[0].name",
            })
    void ruleThatDecidesIsNamed(String url, String field, @Nullable String rule, String pool, String origin)
            throws DescriptionException {
        Explanation explanation = EXPLAINER.explain(
                DescribedRequest.of("GET", url, List.of(field), DescribedRequest.DEFAULT_CLIENT, Optional.empty()));

        assertThat(explanation.pathRule()).isEqualTo(rule);
        assertThat(explanation.pool()).isEqualTo(pool);
        assertThat(explanation.because())
                .anySatisfy(reason -> assertThat(
                                reason.origin() == null ? "" : reason.origin().path())
                        .isEqualTo(origin));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/c/x, X-Ring: beta, the condition on the path does not hold",
        "http://a.example/b/x, X-Ring: old, the condition on header \"X-Ring\" does not hold"
    })
    void conditionThatFailsIsNamed(String url, String field, String words) throws DescriptionException {
        Explanation explanation = EXPLAINER.explain(
                DescribedRequest.of("GET", url, List.of(field), DescribedRequest.DEFAULT_CLIENT, Optional.empty()));

        assertThat(explanation.because())
                .anySatisfy(reason -> assertThat(reason.text()).contains("\"first\"", words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"advancedRoutingConditionSet\": \"beta\", \"backendAddressPool\": \"api\" | \"advancedRoutingConditionSet\": \"beta\", \"backendAddressPool\": \"web\" | first",
                "\"rings\", \"defaultBackendAddressPool\": \"web\" | \"rings\", \"defaultBackendAddressPool\": \"api\" | now goes to pool \"api\"",
                "\"beta\", \"canary\" | \"beta\" | Header X-Ring is beta",
            })
    void changesOfAMapAreDifferences(String before, String after, String words) {
        List<Difference> differences =
                GatewayDiff.between(Shop.edited(ADVANCED), Shop.edited(ADVANCED[0], ADVANCED[1], before, after));

        assertThat(differences)
                .anySatisfy(difference -> assertThat(difference.text()).contains(words));
        assertThat(GatewayDiff.between(Shop.edited(ADVANCED), Shop.edited(ADVANCED)))
                .isEmpty();
    }
}
