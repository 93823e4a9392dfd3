package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ClientLimits;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "GET / Host:a - -",
                "PROPFIND / Host:a - -",
                "X-y_z / Host:a - -",
                "OPTIONS * Host:a - -",
                "GET * Host:a - TARGET_MALFORMED",
                "GET /a#b Host:a - TARGET_MALFORMED",
                "GET /caf\u00e9 Host:a - TARGET_MALFORMED",
                "GET /a\u0000b Host:a - TARGET_MALFORMED",
                "GET /a\u007f Host:a - TARGET_MALFORMED",
                "GET /a?b|c{} Host:a - -",
                "GET / Expect:100-Continue - -",
                "GET / Expect:tea - EXPECTATION_UNKNOWN",
                "POST / Host:a - LENGTH_MISSING",
                "POST / Content-Length:5 - -",
                "POST / Content-Length:+5 - LENGTH_MALFORMED",
                "POST / Content-Length:5000000000 - BODY_TOO_LARGE",
                "POST / Content-Length:5 Content-Length:5 LENGTH_MALFORMED",
                "POST / Transfer-Encoding:chunked - -",
                "POST / Transfer-Encoding:tea - FRAMING_AMBIGUOUS",
                "POST / Transfer-Encoding:chunked Transfer-Encoding:chunked FRAMING_AMBIGUOUS",
                "GET /%41%zz Host:a - PATH_INVALID",
                "GET /100% Host:a - PATH_INVALID",
                "GET /a%4 Host:a - PATH_INVALID",
                "GET /%2F%c3%A4 Host:a - -",
                "TRACE / Host:a - METHOD_TRACE",
                "CONNECT / Host:a - METHOD_REFUSED",
                "GET123 / Host:a - METHOD_MALFORMED",
                "GET / Host:a Host:b FIELD_REPEATED",
                "GET / Authorization:a authorization:b FIELD_REPEATED",
                "POST / Content-Length:1 Expect:100-Continue -",
                "POST / Content-Length:1 Expect:more EXPECTATION_UNKNOWN",
                "POST / Content-Length:1 Transfer-Encoding:chunked FRAMING_AMBIGUOUS",
            })
    void requestsThatNoRuleMaySeeAreNamed(
            String method, String path, String one, String other, ExchangeFailure failure) { // REQ-3
        TestRequest request =
                other == null ? new TestRequest(method, path, one) : new TestRequest(method, path, one, other);
        assertThat(RequestCheck.fault(request, ClientLimits.DEFAULT)).isEqualTo(Optional.ofNullable(failure));
    }
}
