package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HeaderRewrite;
import dev.gatehouse.model.RewriteValue;
import dev.gatehouse.model.ValueMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one rewrite rule does to headers (section 4.13, VAL-31). Confined to one rule. */
final class HeaderRewrites {
    private static final String REQUEST = "requestHeaderConfigurations";
    private static final String RESPONSE = "responseHeaderConfigurations";

    private final RewriteValues values;
    private final Problems problems;

    HeaderRewrites(RewriteValues values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    List<HeaderRewrite> read(ConfigObject actions, boolean isRequest) {
        List<HeaderRewrite> rewrites = new ArrayList<>();
        for (ConfigObject object : actions.objects(isRequest ? REQUEST : RESPONSE)) {
            rewrite(object, isRequest).ifPresent(rewrites::add);
        }
        return rewrites;
    }

    private Optional<HeaderRewrite> rewrite(ConfigObject object, boolean isRequest) {
        object.require("headerName");
        Optional<String> name = object.text("headerName").map(String::strip);
        String text = object.anyText("headerValue").orElse("");
        Optional<ConfigObject> fitting = object.object("headerValueMatcher");
        Optional<ValueMatcher> matcher = fitting.flatMap(new Patterns(problems)::matcher);
        RewriteValue value = values.read(text, object.placeOf("headerValue"), groups(fitting, matcher));
        if (name.isEmpty() || !isGood(name.get(), text, isRequest, object)) {
            return Optional.empty();
        }
        boolean isSetCookie = !isRequest && name.get().equalsIgnoreCase("Set-Cookie");
        if (matcher.isPresent() && !isSetCookie) {
            problems.azure(
                    "REQ-31",
                    Kind.UNSUPPORTED,
                    object.placeOf("headerValueMatcher"),
                    "Azure takes a matcher only for Set-Cookie of responses.",
                    "Use a condition instead if this goes back to Azure.");
        }
        return Optional.of(new HeaderRewrite(name.get(), value, matcher.orElse(null)));
    }

    /** What the value may insert of the matcher's text: nothing without one, or if it looks for what is not there. */
    private Optional<Integer> groups(Optional<ConfigObject> object, Optional<ValueMatcher> matcher) {
        if (object.isPresent() && matcher.isEmpty()) {
            return Optional.of(Integer.MAX_VALUE); // it was refused, which is enough to say
        }
        return object.flatMap(given -> matcher.filter(test -> !test.negate())
                .flatMap(test -> new Patterns(problems).groups(test.pattern(), given.placeOf("pattern"))));
    }

    private boolean isGood(String name, String value, boolean isRequest, ConfigObject object) {
        Place place = object.placeOf("headerName");
        if (name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Upgrade")) {
            refuse("VAL-31", place, Wording.quote(name) + " belongs to the connection and cannot be rewritten.");
            return false;
        }
        if (HeaderRewrite.isOfConnection(name)) {
            problems.warn(
                    "REQ-31",
                    Kind.UNSUPPORTED,
                    place,
                    Wording.quote(name) + " belongs to one connection or frames the body, and stays as it is.",
                    "Remove this header configuration.");
        }
        if (isRequest && name.equalsIgnoreCase("Host") && value.isEmpty()) {
            refuse("VAL-31", place, "a request cannot go without Host, so it cannot be deleted.");
            return false;
        }
        if (!Hosts.isToken(name)) {
            refuse("REQ-31", place, Wording.quote(name) + " cannot be the name of a header.");
            return false;
        }
        // RFC 9110 §5.5: a line end would let one header smuggle in another.
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            refuse("REQ-31", object.placeOf("headerValue"), "the value holds a line end or another control character.");
            return false;
        }
        return true;
    }

    private void refuse(String id, Place place, String cause) {
        problems.error(id, Kind.RANGE, place, cause, "Correct or remove this header configuration.");
    }
}
