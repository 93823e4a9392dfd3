package dev.gatehouse.config;

import java.util.regex.Pattern;

/** Text of files inside a SARIF message, whose plain text knows placeholders and links. Stateless. */
final class SarifText {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");

    private SarifText() {}

    /**
     * A message without placeholders and links. SARIF 2.1.0 §3.11.5 would have every brace doubled; only a number in
     * braces is ever taken for a placeholder, and a reader who copies an example of JSON must not copy doubled braces.
     * §3.11.6: a link needs its bracket right before the parenthesis.
     */
    static String plain(String text) {
        return PLACEHOLDER.matcher(text).replaceAll("{{$1}}").replace("](", "] (");
    }
}
