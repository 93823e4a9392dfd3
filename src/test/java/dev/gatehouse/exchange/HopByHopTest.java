package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopByHopTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection",
                "Keep-Alive",
                "PROXY-CONNECTION",
                "te",
                "Trailer",
                "transfer-encoding",
                "Upgrade",
                "proxy-authenticate",
                "Proxy-Authorization"
            })
    void knowsTheFieldsOfOneHop(String name) { // REQ-42
        assertThat(HopByHop.isHopByHop(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "Host", "Accept", "TX", "Content-Type", "Authorization"})
    void letsEndToEndFieldsPass(String name) {
        assertThat(HopByHop.isHopByHop(name)).isFalse();
    }

    @Test
    void namesWhatConnectionNames() { // RFC 9110 §7.6.1
        List<String> named = HopByHop.namedIn(Collections.enumeration(List.of("keep-alive, X-Private ,", "X-Two")));
        assertThat(named).containsExactly("X-Private", "X-Two");
        assertThat(HopByHop.contains(named, "x-private")).isTrue();
        assertThat(HopByHop.contains(named, "x-three")).isFalse();
    }

    @Test
    void allocatesNothingForTheUsualTokens() {
        assertThat(HopByHop.namedIn(Collections.enumeration(List.of("keep-alive"))))
                .isSameAs(List.of());
    }
}
