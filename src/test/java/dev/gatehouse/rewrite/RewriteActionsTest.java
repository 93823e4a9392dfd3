package dev.gatehouse.rewrite;

import static dev.gatehouse.rewrite.Site.matched;
import static dev.gatehouse.rewrite.Site.request;
import static dev.gatehouse.rewrite.Site.response;
import static dev.gatehouse.rewrite.Site.rule;
import static dev.gatehouse.rewrite.Site.url;
import static dev.gatehouse.rewrite.Site.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.exchange.ExchangeFailure;
import dev.gatehouse.exchange.HeaderFields.Field;
import dev.gatehouse.exchange.Routing.Routed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-31: what rules do to headers, path and query. */
class RewriteActionsTest {
    @ParameterizedTest // REQ-31
    @CsvSource(
            delimiter = '|',
            value = {
                "X-New | v | X-New | v",
                "x-a | v | X-A | v", // replaces all of the name, whatever the case
                "X-A | '' | X-A | ''",
                "X-B | {http_req_X-A} | X-B | 1, 2", // REQ-29: joined
                "X-B | {http_req_x-a}! | X-B | 1, 2!",
                "X-B | [{http_req_Absent}] | X-B | []",
                "X-A | {http_req_Absent} | X-A | ''", // nothing is inserted, and nothing deletes
                "X-B | {\"a\":1} | X-B | {\"a\":1}",
                "X-Forwarded-For | {var_add_x_forwarded_for_proxy} | X-Forwarded-For | 198.51.100.7, 192.0.2.1",
                "X-Forwarded-For | {var_client_ip} | X-Forwarded-For | 192.0.2.1",
                "X-Forwarded-Proto | '' | X-Forwarded-Proto | ''", // REQ-41: may be deleted
                "X-Was | {http_req_X-Forwarded-For} | X-Was | 198.51.100.7, 192.0.2.1:4711",
                "X-Was | {http_req_X-Original-Host} | X-Was | Shop.example",
                "X-Was | {http_req_Host} | X-Was | Shop.example",
                "X-Was | {http_req_TE} | X-Was | trailers", // of the connection: to be read, not to be changed
                "Host | inner.example | Host | inner.example",
                "Host | inner.example:8080 | Host | inner.example:8080",
                "Host | {var_host} | Host | shop.example",
                "Host | {http_req_Absent} | Host | ''", // never goes away: what was there stays
                "Host | a b | Host | ''",
            })
    void requestHeaderBecomes(String name, String value, String asked, String expected) {
        Asked request = Asked.get(
                "/", "Host: Shop.example", "X-A: 1", "X-A: 2", "X-Forwarded-For: 198.51.100.7", "TE: trailers");
        assertThat(Site.setting(name, value).sent(request, asked)).isEqualTo(expected);
    }

    @Test // REQ-31, REQ-46: fields that no rule names keep their place, order and number
    void otherFieldsStayAsTheyAre() {
        Asked request = Asked.get("/", "Host: a", "X-C: 3", "X-A: 1", "X-B: 2", "X-A: 4", "X-C: 5");
        Routed sent = Site.setting("X-A", "new").sent(request);
        assertThat(sent.rewritten().fields().list())
                .extracting(Field::name, Field::value)
                .startsWith(tuple("X-C", "3"), tuple("X-C", "5"), tuple("X-A", "new"), tuple("X-B", "2"));
    }

    @ParameterizedTest // REQ-42, REQ-43: framing and the connection are ours
    @ValueSource(
            strings = {
                "Transfer-Encoding",
                "Content-Length",
                "TE",
                "Trailer",
                "Keep-Alive",
                "Proxy-Connection",
                "Expect"
            })
    void headersOfTheConnectionAreNeverSet(String name) {
        Site site = Site.of(rule("r", "", request(name, "x"), response(name, "y")));
        assertThat(site.sent(Asked.get("/", "Host: a"), name)).isEmpty();
        assertThat(site.answer(Asked.get("/", "Host: a"), 200, "Content-Length: 5"))
                .containsExactly("Content-Length: 5");
    }

    @ParameterizedTest // RFC 9110 §5.5: no value of a client's making ends a line
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\r\\nX-Evil: 1:p | a  X-Evil",
                "a\\0b:p | a b",
                "\\u007fa\\u0001:p | a",
                "\\tb:p | b",
                "\\n:p | ''"
            })
    void controlCharactersBecomeBlanks(String credentials, String expected) {
        byte[] pair = unescaped(credentials).getBytes(StandardCharsets.UTF_8);
        Asked request = Asked.get(
                "/", "Host: a", "Authorization: Basic " + Base64.getEncoder().encodeToString(pair));
        assertThat(Site.setting("X-User", "{var_client_user}").sent(request, "X-User"))
                .isEqualTo(expected);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\u007f", "\u007f")
                .replace("\\u0001", "\u0001");
    }

    @Test // REQ-31: text of the file goes out as UTF-8
    void textBeyondAsciiIsUtf8() {
        String sent = Site.setting("X-Caf", "caf\u00e9 \u20ac").sent(Asked.get("/", "Host: a"), "X-Caf");
        assertThat(new String(sent.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("caf\u00e9 \u20ac");
    }

    @ParameterizedTest // REQ-31
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/new | - | /new?id=1",
                "buy.aspx | - | /buy.aspx?id=1", // the docs leave the slash out
                "'' | - | /?id=1",
                "- | a=b | /shop/a%20b?a=b",
                "- | '' | /shop/a%20b",
                "/new | '' | /new",
                "/list | p={var_uri_path_1} | /list?p=a%20b", // both are made of what was there before
                "/x{var_uri_path} | {var_query_string}&{var_uri_path} | /x/shop/a%20b?id=1&/shop/a%20b",
                "/a?b#c | - | /a%3Fb%23c?id=1", // a path makes no query
                "/a b/\u00e9 | - | /a%20b/%C3%A9?id=1",
                "/100%/%zz/%41 | - | /100%25/%25zz/%41?id=1",
                "/q | a b#c\u00e9?d | /q?a%20b%23c%C3%A9?d",
                "/{http_req_X-Evil} | {http_req_X-Evil} | /HTTP/1.1%20%C3%A9?HTTP/1.1%20%C3%A9",
                "/a/./b/../c | - | /a/c?id=1", // REQ-22
            })
    void targetBecomes(String path, String query, String target) {
        String members = (path == null ? "" : "\"modifiedPath\": " + Site.quoted(path))
                + (path == null || query == null ? "" : ", ")
                + (query == null ? "" : "\"modifiedQueryString\": " + Site.quoted(query));
        Site site = Site.of(rule("r", when("var_uri_path", "^/shop/(.*)"), url(members)));
        Asked request = Asked.get("/shop/a%20b?id=1", "Host: a", "X-Evil: HTTP/1.1 \u00c3\u00a9");
        assertThat(site.target(request)).isEqualTo(target);
    }

    @ParameterizedTest // REQ-22: a rewrite leads no request out of the root
    @ValueSource(strings = {"../../etc", "..", "a%00b"})
    void pathThatClimbsAboveTheRootIsRefused(String value) {
        Site site = Site.of(rule("r", "", url("\"modifiedPath\": \"/files/{http_req_X-File}\"")));
        Asked request = Asked.get("/", "Host: a", "X-File: " + value + (value.equals("..") ? "/../x" : ""));
        assertThat(site.failure(request)).isEqualTo(ExchangeFailure.PATH_INVALID);
    }

    @Test // REQ-31: nothing of a request is touched that no rule touches
    void requestThatNoRuleTouchesStaysTheSame() {
        Site site = Site.of(rule("r", when("http_req_X", "y"), request("X", "z")), rule("s", "", response("A", "b")));
        Asked request = Asked.get("/%61?", "Host: a");
        assertThat(site.sent(request).rewritten()).isNull();
        assertThat(site.target(request)).isEqualTo("/%61?");
    }

    @Test // REQ-31
    void pathStaysToTheByteWhereOnlyTheQueryIsRewritten() {
        Site site = Site.of(rule("r", "", url("\"modifiedQueryString\": \"x\"")));
        assertThat(site.target(Asked.get("/%61//b?c", "Host: a"))).isEqualTo("/%61//b?x");
    }

    @Test // REQ-31: headers of a rule that changes the path still see the old one
    void valuesOfARuleSeeThePathBeforeIt() {
        Site site = Site.of(
                rule("r", "", request("X-Was", "{var_uri_path}"), url("\"modifiedPath\": \"/new\"")),
                rule("s", "", request("X-Now", "{var_uri_path}", "X-Uri", "{var_request_uri}")));
        Asked request = Asked.get("/old?q", "Host: a");
        assertThat(site.sent(request, "X-Was")).isEqualTo("/old");
        assertThat(site.sent(request, "X-Now")).isEqualTo("/new");
        assertThat(site.sent(request, "X-Uri")).isEqualTo("/old?q");
        assertThat(site.sent(request, "X-Original-URL")).isEqualTo("/old?q"); // REQ-41
    }

    @Test // REQ-31
    void responseHeadersAreSetAndDeleted() {
        Site site = Site.of(rule("r", "", response("Server", "", "X-New", "{http_resp_X-A}-{var_host}", "ETag", "e")));
        assertThat(site.answer(Asked.get("/", "Host: A"), 200, "Server: s", "X-A: 1", "etag: 0", "X-A: 2", "ETag: 1"))
                .containsExactly("X-A: 1", "ETag: e", "X-A: 2", "X-New: 1, 2-a");
    }

    @Test // REQ-31: the way to keep clients on the gateway's host
    void locationIsMadeOfWhatItsConditionCaptured() {
        Site site = Site.of(rule(
                "r",
                when("http_resp_Location", "(https?)://.*inner[.]example(.*)$"),
                response("Location", "{http_resp_Location_1}://shop.example{http_resp_Location_2}")));
        assertThat(site.answer(Asked.get("/", "Host: a"), 302, "Location: http://x.inner.example/p?q"))
                .containsExactly("Location: http://shop.example/p?q");
        assertThat(site.answer(Asked.get("/", "Host: a"), 302, "Location: /p")).containsExactly("Location: /p");
    }

    @Test // REQ-31
    void setCookieWithoutMatcherReplacesAllCookies() {
        Site site = Site.of(rule("r", "", response("Set-Cookie", "c=3")));
        assertThat(site.answer(Asked.get("/", "Host: a"), 200, "Set-Cookie: a=1", "X: y", "Set-Cookie: b=2"))
                .containsExactly("Set-Cookie: c=3", "X: y");
    }

    @ParameterizedTest // REQ-31
    @CsvSource(
            delimiter = '|',
            value = {
                "^b=(.*) | b={capt_header_value_matcher_1}; Secure | a=1 / b=2; Path=/; Secure / c=3",
                "(b)=([0-9]) | {capt_header_value_matcher_2}{capt_header_value_matcher_1} | a=1 / 2b / c=3",
                "b=[0-9] | <{capt_header_value_matcher}> | a=1 / <b=2> / c=3",
                "^b= | {http_resp_Set-Cookie}; HttpOnly | a=1 / b=2; Path=/; HttpOnly / c=3",
                "^[ab]= | '' | c=3",
                "^B= | x | a=1 / b=2; Path=/ / c=3",
                "none | x | a=1 / b=2; Path=/ / c=3",
            })
    void matcherChoosesTheCookie(String pattern, String value, String expected) {
        Site site = Site.of(rule("r", "", matched("Set-Cookie", value, pattern)));
        assertThat(site.answer(
                        Asked.get("/", "Host: a"),
                        200,
                        "Set-Cookie: a=1",
                        "set-cookie: b=2; Path=/",
                        "Set-Cookie: c=3"))
                .extracting(field -> field.substring("Set-Cookie: ".length()))
                .containsExactly(expected.split(" / ", -1));
    }

    @Test // REQ-31, REQ-35: cookies of ours survive, but a matcher may choose them
    void gatewaysOwnCookieIsForMatchersAlone() {
        Asked request = Asked.get("/", "Host: a");
        assertThat(Site.of(rule("r", "", response("Set-Cookie", "c=3")))
                        .answerWithOwn("own=1", request, 200, "Set-Cookie: a=1"))
                .containsExactly("Set-Cookie: c=3", "Set-Cookie: own=1");
        assertThat(Site.of(rule("r", "", response("Set-Cookie", ""))).answerWithOwn("own=1", request, 200))
                .containsExactly("Set-Cookie: own=1");
        assertThat(Site.of(rule("r", "", matched("Set-Cookie", "{http_resp_Set-Cookie}; HttpOnly", "^own=")))
                        .answerWithOwn("own=1", request, 200, "Set-Cookie: a=1"))
                .containsExactly("Set-Cookie: a=1", "Set-Cookie: own=1; HttpOnly");
    }

    @Test // REQ-31
    void matcherMayBeNegatedAndIgnoreCase() {
        Site site =
                Site.of(rule("r", "", matched("Set-Cookie", "", "^B=", ", \"negate\": true, \"ignoreCase\": true")));
        assertThat(site.answer(Asked.get("/", "Host: a"), 200, "Set-Cookie: a=1", "Set-Cookie: b=2"))
                .containsExactly("Set-Cookie: b=2");
    }
}
