package dev.gatehouse.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.ArrayNode;
import dev.gatehouse.document.JsonOutput;
import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.ObjectNode.Member;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/**
 * The effective configuration as an ARM resource (CFG-2): one spelling, one layout, whatever the file had; private keys
 * and passwords left out, as Azure's own exports do (CFG-21). What the local file adds is not part of it. Reading it
 * gives the same gateway, and exporting that the same text. Immutable.
 */
public final class GatewayExport {
    private final Optional<ObjectNode> tree;
    private final LoadResult result;

    private GatewayExport(Optional<ObjectNode> tree, LoadResult result) {
        this.tree = tree;
        this.result = result;
    }

    /**
     * The export of what was loaded.
     *
     * @param loaded what came of reading a gateway file
     * @return the export; refused if the load was
     */
    public static GatewayExport of(LoadResult loaded) {
        if (loaded.configuration().isEmpty() || loaded.tree().isEmpty()) {
            return new GatewayExport(Optional.empty(), loaded);
        }
        return new GatewayExport(Optional.of(new EffectiveTree(loaded.tree().get()).build()), loaded);
    }

    /**
     * Whether there is nothing to print.
     *
     * @return true if the configuration is refused; {@link #result()} says why
     */
    public boolean isRefused() {
        return tree.isEmpty();
    }

    /**
     * What was loaded, with the problems of the export.
     *
     * @return the load's result
     */
    public LoadResult result() {
        return result;
    }

    /**
     * Prints the resource, two blanks a level, lines ended by LF.
     *
     * @param out left open
     * @throws IOException if writing fails
     * @throws IllegalStateException if the export is refused
     */
    public void writeJson(Writer out) throws IOException {
        ObjectNode root = tree.orElseThrow(() -> new IllegalStateException("the export is refused"));
        JsonOutput.writeFile(out, json -> write(json, root));
    }

    /** As deep as the tree, which its reader bounds. */
    private static void write(JsonGenerator json, Node node) throws IOException {
        if (node instanceof ObjectNode object) {
            json.writeStartObject();
            for (Member member : object.members()) {
                json.writeFieldName(member.name());
                write(json, member.value());
            }
            json.writeEndObject();
        } else if (node instanceof ArrayNode array) {
            json.writeStartArray();
            for (Node element : array.elements()) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (node instanceof ScalarNode scalar) {
            writeScalar(json, scalar);
        } else if (node instanceof OpenNode open) {
            throw new IllegalStateException("open value at " + open.place());
        }
    }

    private static void writeScalar(JsonGenerator json, ScalarNode scalar) throws IOException {
        switch (scalar.type()) {
            case TEXT -> json.writeString(scalar.text());
            case NUMBER -> json.writeNumber(scalar.text());
            case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(scalar.text()));
            case NULL -> json.writeNull();
        }
    }
}
