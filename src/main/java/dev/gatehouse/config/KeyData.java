package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.OpenNode;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Base64 texts of keys and certificates as files have them. Where something stands in for the real thing, there is
 * none: the local file supplies it (CFG-21). Stateless.
 */
final class KeyData {
    /** What the quickstarts' generator leaves where a value belongs (arm-in-the-wild.md section 7). */
    private static final String GENERATED = "GEN-";
    /** No certificate is shorter; a longer text that is no base64 was meant to be one and is damaged (VAL-36). */
    private static final int LONGEST_PLACEHOLDER = 200;

    private static final Pattern LINE_END = Pattern.compile("[ \\t]*[\\r\\n]+[ \\t]*");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private KeyData() {}

    /** The text, unless it is an expression or a placeholder. */
    static Optional<String> of(ConfigObject object, String name) {
        return object.replaceableText(name).filter(text -> !isPlaceholder(text));
    }

    /** A password, which may be any text but the generator's. */
    static Optional<String> password(ConfigObject object) {
        return object.replaceableText("password").filter(text -> !text.startsWith(GENERATED));
    }

    /** What stands in the place of the data, as the middle of a sentence; empty if nothing does. */
    static Optional<String> standIn(ConfigObject object) {
        Optional<Node> node = object.get("data");
        if (node.isPresent() && node.get() instanceof OpenNode open) {
            return Optional.of("the value of " + Wording.quote(open.text()) + " in data is not known");
        }
        if (node.isPresent() && node.get() instanceof ScalarNode scalar && scalar.isText()) {
            return isPlaceholder(scalar.text())
                    ? Optional.of("the text in data is no base64 (it is not shown: it may be a secret)")
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Such as {@code ****}, {@code <certData>}, {@code [...]} or {@code GEN-SELFSIGNED-CERT-PFXDATA}. */
    static boolean isPlaceholder(String text) {
        String joined = LINE_END.matcher(text.strip()).replaceAll("");
        if (joined.isEmpty() || joined.startsWith(GENERATED)) {
            return true;
        }
        boolean isBase64 = joined.length() % 4 == 0 && BASE64.matcher(joined).matches();
        return !isBase64 && joined.length() <= LONGEST_PLACEHOLDER;
    }
}
