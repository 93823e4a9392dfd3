package dev.gatehouse.template;

import static dev.gatehouse.template.Builtin.ANY;
import static dev.gatehouse.template.Builtin.free;
import static dev.gatehouse.template.Builtin.known;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.PercentEncoding;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Functions that write text in other forms and read it back, and those that hash it. Stateless. */
final class EncodingFunctions {
    private static final String DATA_URI = "data:text/plain;charset=utf8;base64,";

    private EncodingFunctions() {}

    static List<Builtin> all() {
        return List.of(
                known("base64", 1, 1, arguments -> arguments.of(encoded(arguments))),
                known("base64ToString", 1, 1, arguments -> arguments.of(decoded(arguments, arguments.text(0)))),
                known("base64ToJson", 1, 1, arguments -> json(arguments, decoded(arguments, arguments.text(0)))),
                known("dataUri", 1, 1, arguments -> arguments.of(DATA_URI + encoded(arguments))),
                known("dataUriToString", 1, 1, EncodingFunctions::dataUriToString),
                known("json", 1, 1, arguments -> json(arguments, arguments.text(0))),
                known(
                        "uriComponent",
                        1,
                        1,
                        arguments -> arguments.of(PercentEncoding.encode(bounded(arguments, arguments.text(0))))),
                known(
                        "uriComponentToString",
                        1,
                        1,
                        arguments -> arguments.of(PercentEncoding.decode(bounded(arguments, arguments.text(0))))),
                free("uri", 2, 2, UriJoin::join),
                known("guid", 1, ANY, arguments -> arguments.of(Hashes.guid(joined(arguments)))),
                known("uniqueString", 1, ANY, arguments -> arguments.of(Hashes.uniqueString(joined(arguments)))));
    }

    private static String bounded(Arguments arguments, String text) {
        arguments.budget().spendText(text.length(), arguments.offset(0));
        return text;
    }

    private static String encoded(Arguments arguments) {
        return Base64.getEncoder()
                .encodeToString(bounded(arguments, arguments.text(0)).getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(Arguments arguments, String base64) {
        return new String(bytes(arguments, base64), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Arguments arguments, String base64) {
        try {
            return Base64.getDecoder().decode(bounded(arguments, base64).strip());
        } catch (IllegalArgumentException e) {
            throw arguments.fault(0, "this is not base64: " + e.getMessage() + ".", "Encode it with base64().");
        }
    }

    private static Node json(Arguments arguments, String text) {
        bounded(arguments, text);
        Problems problems = new Problems();
        return TreeReader.computed(arguments.place(), text, problems)
                .filter(value -> !problems.hasErrors())
                .orElseThrow(() -> arguments.fault(
                        0,
                        "the text is no JSON: " + problems.sorted("").get(0).message(),
                        "Correct the text that is handed over."));
    }

    /** RFC 2397, with base64 or percent encoding. */
    private static Node dataUriToString(Arguments arguments) {
        String uri = arguments.text(0);
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.regionMatches(true, 0, "data:", 0, "data:".length())) {
            throw arguments.wrong(0, "a data URI");
        }
        String head = uri.substring(0, comma).toLowerCase(Locale.ROOT);
        String data = uri.substring(comma + 1);
        if (!head.endsWith(";base64")) {
            return arguments.of(PercentEncoding.decode(bounded(arguments, data)));
        }
        return arguments.of(new String(bytes(arguments, data), charset(arguments, head)));
    }

    private static Charset charset(Arguments arguments, String head) {
        for (String parameter : head.split(";", -1)) {
            if (parameter.startsWith("charset=")) {
                String name = parameter.substring("charset=".length());
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    throw arguments.fault(0, "there is no character set \"" + name + "\".", "Use utf-8.");
                }
            }
        }
        return StandardCharsets.UTF_8;
    }

    /** The arguments as Azure joins them before it hashes. */
    private static String joined(Arguments arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < arguments.count(); i++) {
            text.append(i == 0 ? "" : "-").append(arguments.spelled(i));
            arguments.budget().spendText(text.length(), arguments.offset(i));
        }
        return text.toString();
    }
}
