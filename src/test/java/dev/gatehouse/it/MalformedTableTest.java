package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class MalformedTableTest {
    @Test
    void pageIsUpToDate() throws IOException {
        assertThat(Files.readString(MalformedTable.FILE)).isEqualTo(MalformedTable.text());
    }

    @Test
    void everyCaseHasANameOfItsOwnAndNoneIsSentTwice() {
        List<MalformedRequest> all = MalformedRequest.all();

        assertThat(all).hasSizeGreaterThanOrEqualTo(120);
        assertThat(all).extracting(MalformedRequest::toString).doesNotHaveDuplicates();
        assertThat(all).extracting(MalformedRequest::bytes).doesNotHaveDuplicates();
        assertThat(all).noneSatisfy(each -> assertThat(each.bytes()).contains("{"));
    }
}
