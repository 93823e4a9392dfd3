package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitnessesTest {
    @ParameterizedTest
    @CsvSource({
        "admin.*.example, *.shop.example, admin.shop.example",
        "*.a.example, *.b.example, none",
        "w??.example, ww*.example, ww*.example",
        "*.example, shop.*, shop.example",
        "?.example, ??.example, none",
        "*, *.example, .example",
    })
    void commonHostFitsBothPatterns(String first, String second, String common) {
        assertThat(Witnesses.common(first, second).map(Witnesses::shown).orElse("none"))
                .isEqualTo(common);
    }
}
