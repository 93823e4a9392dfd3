package dev.gatehouse.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts of files in messages. */
class WordingTest {
    @Test
    void noTextOfAFileTakesTheTerminalOver() {
        assertThat(Wording.quote("x\u001b[2J\u001b[31mEVIL\u202egpj"))
                .isEqualTo("\"x\\u001b[2J\\u001b[31mEVIL\\u202egpj\"");
        assertThat(Wording.quote("a\nb\tc")).isEqualTo("\"a\\nb\\tc\"");
        assertThat(Wording.printable("gr\u00fcn <<x>>")).isEqualTo("gr\u00fcn <<x>>");
    }
}
