package dev.gatehouse.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;

/**
 * JSON as all commands print it: two blanks a level and lines ended by LF, whatever the platform, so that the same
 * content is the same text everywhere. Stateless.
 */
public final class JsonOutput {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private static final JsonFactory ASCII =
            FACTORY.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private JsonOutput() {}

    /** What is printed: it throws what writing throws. */
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** Objects member by member, arrays along the line. */
    public static void write(Writer out, Content content) throws IOException {
        write(FACTORY, printer(), out, content);
    }

    /** The same in ASCII alone: the standard output of a machine need not be UTF-8, a report for programs must be. */
    public static void writeAscii(Writer out, Content content) throws IOException {
        write(ASCII, printer(), out, content);
    }

    /** Arrays element by element too, as files are written. */
    public static void writeFile(Writer out, Content content) throws IOException {
        write(FACTORY, printer().withArrayIndenter(LINES), out, content);
    }

    /** On one line, without its end. */
    public static void writeLine(Writer out, Content content) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            content.write(json);
        }
    }

    private static DefaultPrettyPrinter printer() {
        return new DefaultPrettyPrinter().withObjectIndenter(LINES);
    }

    private static void write(JsonFactory factory, DefaultPrettyPrinter printer, Writer out, Content content)
            throws IOException {
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.setPrettyPrinter(printer);
            content.write(json);
            json.writeRaw('\n');
        }
        out.flush();
    }
}
