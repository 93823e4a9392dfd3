package dev.gatehouse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The table of docs/malformed-requests.md: every case with what each home makes of it, as {@link MalformedSuite} proves. */
final class MalformedTable {
    static final Path FILE = Path.of("docs/malformed-requests.md");
    private static final int MAX_TEXT = 110;

    private MalformedTable() {}

    /** Rewrites the page. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, text());
    }

    static String text() {
        List<MalformedRequest> all = MalformedRequest.all();
        StringBuilder page = new StringBuilder(introduction(all));
        String group = "";
        for (MalformedRequest each : all) {
            if (!each.group().equals(group)) {
                group = each.group();
                page.append("\n## ")
                        .append(group)
                        .append("\n| What | Request | Jar | Tomcat | WildFly |\n| --- | --- | --- | --- | --- |\n");
            }
            page.append(row(each));
        }
        return page.toString();
    }

    private static String introduction(List<MalformedRequest> all) {
        long different = all.stream().filter(each -> each.answers().size() > 1).count();
        return """
                # Malformed and ambiguous requests

                Written from `src/test/resources/it/malformed-requests.txt` (`MalformedTable.main` rewrites this page; a test
                fails when it is out of date). `MalformedSuite` sends each of the %d requests as bytes to the executable jar,
                to the WAR in Tomcat and to the WAR in WildFly.

                A status alone: no backend got a whole request. `200 GET /a`: one backend got one request, with this method
                and target, one Host and one framing, and after it the body in quotes if there was one. `closed`: the
                connection was closed without an answer. `silent`: no answer came, for the home waits for more. `page`: an
                answer without a head, as in HTTP/0.9. In every case the next request, on the same connection if it stayed
                open and on a new one, got its own answer.

                The jar answers with Gatehouse's page and logs one line with the name of the failure, whoever refused. In
                a container the WAR sees only what the container lets through; %d of the requests are answered differently
                there:
                * Tomcat has its own page and statuses (501 for codings and CONNECT, 505 for versions, 400 for what is larger
                  than its `maxHttpRequestHeaderSize`), and joins a field on several lines before anyone can see it.
                  After a client of HTTP/0.9 it may answer another client's broken request line without a head.
                * WildFly takes a bare LF or CR for the end of a line, joins fields on several lines, skips blanks and lines
                  that are no field, and hands over the result: nothing shows what was sent. It closes the connection when a
                  chunk is wrong, takes some chunks that others refuse (what is no number is the size 0), and bounds neither chunk extensions nor trailers but
                  by its buffers. What backends get is written anew from what it understood, with one framing: harmless
                  behind a front that refuses such requests, a risk behind one that passes them on.

                In requests `{host}` stands for the line `Host: plain.example\\r\\n`, `{a*5}` for `aaaaa`, `{end}` for the end of
                the client's sending.
                """.formatted(all.size(), different);
    }

    private static String row(MalformedRequest each) {
        return "| " + cell(each.name()) + " | `" + cell(shorten(each.text())) + "` | "
                + cell(each.shortAnswer(MalformedRequest.JAR)) + " | " + cell(each.shortAnswer("tomcat")) + " | "
                + cell(each.shortAnswer("wildfly")) + " |\n";
    }

    private static String shorten(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
