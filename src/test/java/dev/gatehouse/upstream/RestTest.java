package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-45: a member that could not be connected to comes last for a moment. */
class RestTest {
    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, Long.MAX_VALUE - 1, Long.MIN_VALUE})
    void atItsEndOneRequestFindsOut(long start) {
        AtomicLong now = new AtomicLong(start);
        Rest rest = new Rest(now::get);
        assertThat(rest.isOn()).isFalse();
        assertThat(rest.mayTry()).isTrue();
        rest.begin();
        assertThat(rest.isOn()).isTrue();
        assertThat(rest.mayTry()).isFalse();
        now.addAndGet(Rest.LENGTH.toNanos() + 1);
        assertThat(rest.isOn()).isFalse();
        assertThat(rest.mayTry()).isTrue(); // this one
        assertThat(rest.mayTry()).isFalse(); // the others go on sparing it
        assertThat(rest.isOn()).isTrue();
        rest.end();
        assertThat(rest.isOn()).isFalse();
        assertThat(rest.mayTry()).isTrue();
        assertThat(rest.mayTry()).isTrue();
    }
}
