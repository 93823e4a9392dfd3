package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathOverrideTest {
    @ParameterizedTest
    @CsvSource({
        "/home/, , /override/, /override/home/",
        "/home/secondhome/, , /override/, /override/home/secondhome/",
        "/pathrule/home/, /pathrule*, /override/, /override/home/",
        "/pathrule/home/secondhome/, /pathrule*, /override/, /override/home/secondhome/",
        "/pathrule/home/, /pathrule/home*, /override/, /override/",
        "/pathrule/home/secondhome/, /pathrule/home*, /override/, /override/secondhome/",
        "/pathrule/, /pathrule/, /override/, /override/",
        "/PathRule/x, /pathrule/*, /o, /o/x",
        "/x, , /, /x",
        "/images/x, /images/*, /, /x",
        "/x, , , /x",
        "/x, , '', /x",
    })
    void putsTheOverrideBeforeWhatThePatternLeft(String path, String pattern, String override, String sent) { // REQ-33
        assertThat(PathOverride.apply(override, path, pattern)).isEqualTo(sent);
    }
}
