package dev.gatehouse.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
    @Test
    void sameContentIsTheSameTextOnEveryPlatform() throws IOException {
        StringWriter out = new StringWriter();
        JsonOutput.write(out, JsonOutputTest::sample);

        assertThat(out).hasToString("{\n  \"name\" : \"Größe\",\n  \"list\" : [ 1, {\n    \"a\" : true\n  } ]\n}\n");
    }

    @Test
    void reportsForProgramsAreAsciiAlone() throws IOException {
        StringWriter out = new StringWriter();
        JsonOutput.writeAscii(out, JsonOutputTest::sample);

        assertThat(out.toString()).contains("Gr\\u00F6\\u00DFe").isASCII();
    }

    @Test
    void filesHaveOneElementALine() throws IOException {
        StringWriter out = new StringWriter();
        JsonOutput.writeFile(out, JsonOutputTest::sample);

        assertThat(out.toString()).contains("\"list\" : [\n    1,\n    {\n      \"a\" : true\n    }\n  ]\n}\n");
    }

    private static void sample(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", "Größe");
        json.writeArrayFieldStart("list");
        json.writeNumber(1);
        json.writeStartObject();
        json.writeBooleanField("a", true);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }
}
