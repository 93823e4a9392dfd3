package dev.gatehouse.rewrite;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.gatehouse.exchange.HeaderFields;
import dev.gatehouse.exchange.HeaderFields.Field;
import dev.gatehouse.model.HeaderRewrite;
import dev.gatehouse.model.ValueMatcher;
import dev.gatehouse.rewrite.Template.Matched;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/** One change of a field, compiled (REQ-31). Immutable, thread-safe. */
final class HeaderChange {
    private final String name;
    private final Template value;
    private final @Nullable Pattern pattern;
    private final boolean isNegated;

    private HeaderChange(HeaderRewrite rewrite) {
        @Nullable ValueMatcher matcher = rewrite.matcher();
        this.name = rewrite.headerName();
        this.value = new Template(rewrite.value(), matcher == null ? "" : name);
        this.pattern = matcher == null ? null : Condition.pattern(matcher.pattern(), matcher.ignoreCase());
        this.isNegated = matcher != null && matcher.negate();
    }

    /** Those that may be made: framing and what belongs to a connection is ours (REQ-42, REQ-43). */
    static List<HeaderChange> of(List<HeaderRewrite> rewrites) {
        return rewrites.stream()
                .filter(rewrite -> !HeaderRewrite.isOfConnection(rewrite.headerName()))
                .map(HeaderChange::new)
                .toList();
    }

    boolean isOfHost() {
        return name.equalsIgnoreCase("Host");
    }

    boolean choosesByValue() {
        return pattern != null;
    }

    /** The new value, fit for the wire. */
    String value(Message message, Captures captures) {
        return WireText.field(value.fill(message, captures));
    }

    /** Changes the fields of one message. */
    void apply(HeaderFields fields, Message message, Captures captures) {
        if (pattern != null) {
            applyWhereItFits(pattern, fields, message, captures);
            return;
        }
        String next = value(message, captures);
        if (next.isEmpty()) {
            fields.remove(name);
        } else {
            fields.set(name, next);
        }
    }

    private void applyWhereItFits(Pattern fitting, HeaderFields fields, Message message, Captures captures) {
        ListIterator<Field> each = fields.list().listIterator();
        while (each.hasNext()) {
            Field field = each.next();
            if (field.name().equalsIgnoreCase(name)) {
                Matcher matcher = fitting.matcher(field.value());
                boolean isFound = matcher.find();
                if (isFound != isNegated) {
                    Matched matched = new Matched(field.value(), isFound ? matcher : null);
                    replace(each, value.fill(message, captures, matched));
                }
            }
        }
    }

    private void replace(ListIterator<Field> place, String text) {
        String next = WireText.field(text);
        if (next.isEmpty()) {
            place.remove();
        } else {
            place.set(new Field(name, next));
        }
    }
}
