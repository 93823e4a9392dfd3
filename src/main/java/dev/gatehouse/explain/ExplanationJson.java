package dev.gatehouse.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.document.JsonOutput;
import dev.gatehouse.explain.Explanation.BackendHeadText;
import dev.gatehouse.explain.Explanation.Condition;
import dev.gatehouse.explain.Explanation.Member;
import dev.gatehouse.explain.Explanation.Reason;
import dev.gatehouse.explain.Explanation.Redirected;
import dev.gatehouse.explain.Explanation.Rewrite;
import dev.gatehouse.model.Origin;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** An explanation for programs (product.md section 2). Stateless. */
public final class ExplanationJson {
    private ExplanationJson() {}

    /**
     * Writes one JSON object.
     *
     * @param explanation what to write
     * @param out left open
     * @throws IOException if writing fails
     */
    public static void write(Explanation explanation, Writer out) throws IOException {
        JsonOutput.write(out, json -> {
            json.writeStartObject();
            number(json, "status", explanation.status());
            json.writeStringField("listener", explanation.listener());
            json.writeStringField("rule", explanation.rule());
            json.writeStringField("pathRule", explanation.pathRule());
            redirect(json, explanation.redirect());
            rewrites(json, explanation);
            json.writeStringField("pool", explanation.pool());
            json.writeStringField("settings", explanation.settings());
            members(json, explanation);
            backendRequest(json, explanation.backendRequest());
            because(json, explanation);
            json.writeEndObject();
        });
    }

    private static void number(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static void redirect(JsonGenerator json, @Nullable Redirected redirect) throws IOException {
        if (redirect == null) {
            json.writeNullField("redirect");
            return;
        }
        json.writeObjectFieldStart("redirect");
        json.writeNumberField("status", redirect.status());
        json.writeStringField("location", redirect.location());
        json.writeEndObject();
    }

    private static void rewrites(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeArrayFieldStart("rewrites");
        for (Rewrite rewrite : explanation.rewrites()) {
            json.writeStartObject();
            json.writeStringField("rule", rewrite.rule());
            json.writeArrayFieldStart("conditions");
            for (Condition condition : rewrite.conditions()) {
                json.writeStartObject();
                json.writeStringField("variable", condition.variable());
                json.writeStringField("value", condition.value());
                truth(json, "matched", condition.matched());
                json.writeEndObject();
            }
            json.writeEndArray();
            truth(json, "applied", rewrite.applied());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void truth(JsonGenerator json, String name, @Nullable Boolean value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeBooleanField(name, value);
        }
    }

    private static void members(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeArrayFieldStart("members");
        for (Member member : explanation.members()) {
            json.writeString(member.dialled());
        }
        json.writeEndArray();
    }

    private static void backendRequest(JsonGenerator json, @Nullable BackendHeadText head) throws IOException {
        if (head == null) {
            json.writeNullField("backendRequest");
            return;
        }
        json.writeObjectFieldStart("backendRequest");
        json.writeStringField("line", head.line());
        json.writeArrayFieldStart("headers");
        for (HeaderField field : head.headers()) {
            json.writeArray(new String[] {field.name(), field.value()}, 0, 2);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void because(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeArrayFieldStart("because");
        for (Reason reason : explanation.because()) {
            @Nullable Origin origin = reason.origin();
            json.writeStartObject();
            json.writeStringField("path", origin == null ? null : origin.path());
            number(json, "line", origin == null ? null : origin.line());
            json.writeStringField("text", reason.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
