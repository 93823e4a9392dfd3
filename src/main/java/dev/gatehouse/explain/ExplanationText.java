package dev.gatehouse.explain;

import dev.gatehouse.explain.Explanation.BackendHeadText;
import dev.gatehouse.explain.Explanation.Member;
import dev.gatehouse.explain.Explanation.Reason;
import dev.gatehouse.explain.Explanation.Redirected;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.Origin;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An explanation for people: numbered steps with their reasons, then what the backend gets. Stateless. */
public final class ExplanationText {
    private static final int LABEL_WIDTH = 11;

    private ExplanationText() {}

    /**
     * Writes it.
     *
     * @param explanation what to write
     * @param out left open
     * @throws IOException if writing fails
     */
    public static void write(Explanation explanation, Writer out) throws IOException {
        StringBuilder text = new StringBuilder(1024);
        text.append(explanation.asked().method())
                .append(' ')
                .append(explanation.asked().url())
                .append("\n\n");
        int number = 0;
        for (Step step : Step.values()) {
            List<Reason> reasons = explanation.because().stream()
                    .filter(reason -> reason.step() == step)
                    .toList();
            if (!reasons.isEmpty()) {
                number++;
                heading(number, step, explanation, text);
                reasons.forEach(reason -> line(reason, text));
            }
        }
        text.append('\n');
        outcome(explanation, text);
        out.write(text.toString());
        out.flush();
    }

    private static void heading(int number, Step step, Explanation explanation, StringBuilder text) {
        String label = step.label();
        String value = value(step, explanation).orElse("");
        text.append(number).append(". ").append(label);
        if (!value.isEmpty()) {
            text.append(" ".repeat(LABEL_WIDTH - label.length())).append(value);
        }
        text.append('\n');
    }

    private static Optional<String> value(Step step, Explanation explanation) {
        return switch (step) {
            case SOCKET -> Optional.ofNullable(explanation.socket()).map(ListenAddress::toString);
            case REQUEST -> Optional.empty();
            case LISTENER -> Optional.ofNullable(explanation.listener());
            case RULE -> Optional.ofNullable(explanation.rule());
            case PATH_RULE ->
                Optional.of(Optional.ofNullable(explanation.pathRule()).orElse("none, the map's default"));
            case REWRITE, TOKEN -> Optional.empty();
            case REDIRECT ->
                Optional.ofNullable(explanation.redirect())
                        .map(redirect -> redirect.status() + " " + redirect.location());
            case POOL -> Optional.ofNullable(explanation.pool());
            case SETTINGS -> Optional.ofNullable(explanation.settings());
            case BACKEND -> explanation.members().stream().findFirst().map(Member::dialled);
        };
    }

    private static void line(Reason reason, StringBuilder text) {
        text.append("     ").append(reason.text());
        @Nullable Origin origin = reason.origin();
        if (origin != null) {
            text.append("  (").append(origin.file()).append(':').append(origin.line());
            text.append(origin.path().isEmpty() ? "" : " " + origin.path()).append(')');
        }
        text.append('\n');
    }

    private static void outcome(Explanation explanation, StringBuilder text) {
        @Nullable BackendHeadText head = explanation.backendRequest();
        @Nullable Redirected redirect = explanation.redirect();
        if (head != null) {
            text.append("The backend gets:\n\n").append(head.line()).append('\n');
            head.headers()
                    .forEach(field -> text.append(field.name())
                            .append(": ")
                            .append(field.value())
                            .append('\n'));
        } else if (redirect != null) {
            text.append("The client gets ").append(redirect.status());
            text.append(" and Location: ").append(redirect.location()).append('\n');
        } else {
            @Nullable Integer status = explanation.status();
            text.append(status == null ? "The client gets no HTTP answer." : "The client gets " + status + '.');
            text.append('\n');
        }
    }
}
