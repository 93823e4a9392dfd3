package dev.gatehouse.embedded;

import dev.gatehouse.testkit.RecordingBackend;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A suggested local file as a user would finish it in an editor: blanks filled, and in place of each suggested address
 * one where a backend runs, which answers with the key that stands before the address. Confined to one test.
 */
final class FilledSuggestion implements Closeable {
    private static final Pattern BACKEND = Pattern.compile("\"([^\"]+)\" : (\\[ )?\"127\\.0\\.0\\.1:\\d+\"");
    private static final Pattern PORT = Pattern.compile("\"(\\d+)\" : \\d+");

    private final Map<String, RecordingBackend> backends = new LinkedHashMap<>();
    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final String text;

    FilledSuggestion(String suggested, Map<String, String> blanks) throws IOException {
        text = withPorts(withBackends(withBlanks(suggested, blanks)));
    }

    String text() {
        return text;
    }

    /** The port that stands for one of the gateway file. */
    int port(int publicPort) {
        return ports.get(publicPort);
    }

    /** The backend at a suggested address. */
    RecordingBackend backend(String key) {
        RecordingBackend backend = backends.get(key);
        if (backend == null) {
            throw new AssertionError("nothing is suggested for " + key + ", only for " + backends.keySet());
        }
        return backend;
    }

    private static String withBlanks(String suggested, Map<String, String> blanks) {
        String filled = suggested;
        for (Map.Entry<String, String> blank : blanks.entrySet()) {
            Pattern place = Pattern.compile("(\"" + blank.getKey() + "\" : \\{\\s+\"value\" : )\"\\.\\.\\.\"");
            Matcher matcher = place.matcher(filled);
            if (!matcher.find()) {
                throw new AssertionError("no blank for " + blank.getKey() + " in " + suggested);
            }
            filled = matcher.replaceFirst(Matcher.quoteReplacement(matcher.group(1) + '"' + blank.getValue() + '"'));
        }
        return filled;
    }

    private String withBackends(String suggested) throws IOException {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = BACKEND.matcher(suggested);
        while (matcher.find()) {
            String key = matcher.group(1);
            RecordingBackend backend = new RecordingBackend();
            backend.answers(request -> request.ok(key));
            backends.put(key, backend);
            String bracket = matcher.group(2) == null ? "" : matcher.group(2);
            matcher.appendReplacement(
                    filled,
                    Matcher.quoteReplacement('"' + key + "\" : " + bracket + "\"127.0.0.1:" + backend.port() + '"'));
        }
        return matcher.appendTail(filled).toString();
    }

    private String withPorts(String suggested) {
        return PORT.matcher(suggested).replaceAll(found -> {
            int free = Samples.freePort();
            ports.put(Integer.parseInt(found.group(1)), free);
            return '"' + found.group(1) + "\" : " + free;
        });
    }

    @Override
    public void close() throws IOException {
        for (RecordingBackend backend : backends.values()) {
            backend.close();
        }
    }
}
