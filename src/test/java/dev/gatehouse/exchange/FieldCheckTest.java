package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ClientLimits;
import org.junit.jupiter.api.Test;

class FieldCheckTest {
    private static ExchangeFailure fault(String... fields) {
        return FieldCheck.fault(new TestRequest("GET", "/", fields), ClientLimits.DEFAULT);
    }

    @Test // REQ-3
    void fieldsOf32KilobytesPassTogether() {
        assertThat(fault("A:" + "a".repeat(16_000), "B:" + "b".repeat(16_000))).isNull();
        assertThat(fault("A:" + "a".repeat(17_000), "B:" + "b".repeat(17_000)))
                .isEqualTo(ExchangeFailure.HEADERS_TOO_LARGE);
    }

    @Test // REQ-3, RFC 9110 §5.5
    void controlCharactersAreRefusedAndTabsAndLatinAreNot() {
        assertThat(fault("A:a\tb", "B:caf\u00e9")).isNull();
        assertThat(fault("A:a\rb")).isEqualTo(ExchangeFailure.REQUEST_MALFORMED);
        assertThat(fault("A:a\nX: b")).isEqualTo(ExchangeFailure.REQUEST_MALFORMED);
        assertThat(fault("A:a\0b")).isEqualTo(ExchangeFailure.REQUEST_MALFORMED);
        assertThat(fault("A:a\u007fb")).isEqualTo(ExchangeFailure.REQUEST_MALFORMED);
    }

    @Test // REQ-3, RFC 9110 §5.6.2
    void namesAreTokens() {
        assertThat(fault("X_Y.z!:a")).isNull();
        assertThat(fault("X Y:a")).isEqualTo(ExchangeFailure.REQUEST_MALFORMED);
        assertThat(fault("X\u00e9:a")).isEqualTo(ExchangeFailure.REQUEST_MALFORMED);
    }
}
