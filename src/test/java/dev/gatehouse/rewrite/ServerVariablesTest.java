package dev.gatehouse.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.exchange.ClientTls;
import dev.gatehouse.model.RewriteVariable;
import dev.gatehouse.tls.SelfSignedCertificate;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REQ-31: the table of server variables in request-processing.md, told in a header of the request. */
class ServerVariablesTest {
    private static final X509Certificate CERTIFICATE = certificate();

    private static X509Certificate certificate() {
        try {
            return SelfSignedCertificate.create(
                            SelfSignedCertificate.KeyType.EC_P256,
                            List.of("client.example"),
                            Instant.parse("2026-03-05T06:07:08Z"))
                    .certificate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(String variable, Asked request) {
        String told = Site.setting("X-Told", "<{var_" + variable + "}>").sent(request, "X-Told");
        assertThat(told).startsWith("<").endsWith(">");
        return told.substring(1, told.length() - 1);
    }

    @ParameterizedTest // REQ-31
    @CsvSource(
            delimiter = '|',
            value = {
                "add_x_forwarded_for_proxy | 192.0.2.1",
                "client_ip | 192.0.2.1",
                "client_port | 4711",
                "client_tcp_rtt | ''",
                "client_user | ''",
                "host | shop.example",
                "http_method | GET",
                "http_version | HTTP/1.1",
                "query_string | id=1&t=%20",
                "request_query | id=1&t=%20",
                "request_scheme | http",
                "request_uri | /a%2Fb/c?id=1&t=%20",
                "uri_path | /a%2Fb/c",
                "server_port | 80", // not 8000, the local port
                "ssl_enabled | ''",
                "ssl_connection_protocol | ''",
                "ciphers_used | ''",
                "ciphers_supported | ''",
                "http_status | ''", // known only with the answer
                "sent_bytes | ''",
                "client_certificate | ''",
                "client_certificate_serial | ''",
                "client_certificate_verification | NONE",
                "cookie_SID | ''",
                "HOST | shop.example",
            })
    void plainRequestHas(String variable, String value) {
        assertThat(value(variable, Asked.get("/a%2Fb/c?id=1&t=%20", "Host: Shop.example:8080")))
                .isEqualTo(value);
    }

    @ParameterizedTest // REQ-31, RFC 7617
    @CsvSource(
            delimiter = '|',
            value = {"Basic | ann:secret | ann", "basic | ann: | ann", "Basic | nocolon | ''", "Bearer | ann:x | ''"})
    void userIsThatOfBasicCredentials(String scheme, String pair, String user) {
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        Asked request = Asked.get("/", "Host: a", "Authorization: " + scheme + " " + encoded);
        assertThat(value("client_user", request)).isEqualTo(user);
    }

    @Test // REQ-31
    void credentialsThatAreNoBase64HaveNoUser() {
        assertThat(value("client_user", Asked.get("/", "Host: a", "Authorization: Basic ***")))
                .isEmpty();
    }

    @ParameterizedTest // REQ-31, RFC 6265 §4.2.1
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1; SID=x=y; b=2 | x=y",
                "SIDE=1; SID=2 | 2",
                "sid=1 | ''",
                "SID | ''",
                "SID= | ''",
                "a=1;SID=\"q\" | \"q\"",
            })
    void cookieIsFoundByItsName(String cookies, String value) {
        assertThat(value("cookie_SID", Asked.get("/", "Host: a", "Cookie: " + cookies)))
                .isEqualTo(value);
    }

    @Test // REQ-31: HTTP/2 clients split the field
    void cookieIsFoundInTheSecondField() {
        assertThat(value("cookie_b", Asked.get("/", "Host: a", "Cookie: a=1", "Cookie: b=2")))
                .isEqualTo("2");
    }

    @Test // REQ-31
    void forwardedForIsContinuedWithoutPort() {
        Asked request = Asked.get("/", "Host: a", "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 198.51.100.2");
        assertThat(value("add_x_forwarded_for_proxy", request)).isEqualTo("198.51.100.1, 198.51.100.2, 192.0.2.1");
    }

    @Test // REQ-31
    void receivedBytesAreThoseOfTheWire() {
        Asked request = new Asked("POST", "/a?b", ClientTls.NONE, "Host: a", "Content-Length: 10");
        int head = "POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n".length();
        assertThat(value("received_bytes", request)).isEqualTo(Integer.toString(head + 10));
    }

    @Test // REQ-31, REQ-22: an escape or dot segment slips past no condition
    void pathIsTheOneThatIsMatched() {
        assertThat(value("uri_path", Asked.get("/x/../%61dmin/%2f", "Host: a"))).isEqualTo("/admin/%2f");
        assertThat(value("request_uri", Asked.get("/x/../%61dmin/%2f", "Host: a")))
                .isEqualTo("/x/../%61dmin/%2f");
    }

    @ParameterizedTest // REQ-31
    @CsvSource({
        "request_scheme, https",
        "server_port, 443",
        "ssl_enabled, On",
        "ssl_connection_protocol, TLSv1.3",
        "ciphers_used, TLS_AES_128_GCM_SHA256",
        "ciphers_supported, A:B",
        "client_certificate_subject, CN=Gatehouse self-signed",
        "client_certificate_issuer, CN=Gatehouse self-signed",
        "client_certificate_verification, SUCCESS",
    })
    void requestOverTlsHas(String variable, String value) {
        assertThat(value(variable, secure())).isEqualTo(value);
    }

    private static Asked secure() {
        ClientTls tls = new ClientTls("TLSv1.3", "TLS_AES_128_GCM_SHA256", "A:B", List.of(CERTIFICATE));
        return new Asked("GET", "/", tls, "Host: a");
    }

    @Test // REQ-31, TLS-36
    void certificateIsOneLineThatDecodesToPem() throws Exception {
        String line = value("client_certificate", secure());
        assertThat(line).matches("[A-Za-z0-9._~%-]+");
        String pem = URLDecoder.decode(line, StandardCharsets.US_ASCII);
        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("\n-----END CERTIFICATE-----\n");
        assertThat(pem.lines()).allMatch(each -> each.length() <= 64);
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(CERTIFICATE);
    }

    @Test // REQ-31, TLS-36
    void certificateHasItsDatesFingerprintAndSerial() throws Exception {
        SimpleDateFormat format = new SimpleDateFormat("MMM d HH:mm:ss yyyy z", Locale.ROOT);
        String start = value("client_certificate_start_date", secure());
        assertThat(start).matches("[A-Z][a-z]{2} [ 123]\\d \\d\\d:\\d\\d:\\d\\d \\d{4} GMT");
        assertThat(format.parse(start.replaceAll(" +", " "))).isEqualTo(CERTIFICATE.getNotBefore());
        assertThat(format.parse(value("client_certificate_end_date", secure()).replaceAll(" +", " ")))
                .isEqualTo(CERTIFICATE.getNotAfter());
        assertThat(value("client_certificate_fingerprint", secure()))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(CERTIFICATE.getEncoded())));
        String serial = value("client_certificate_serial", secure());
        assertThat(serial).hasSizeGreaterThan(1).matches("([0-9A-F]{2})+");
        assertThat(new BigInteger(serial, 16)).isEqualTo(CERTIFICATE.getSerialNumber());
    }

    @ParameterizedTest // REQ-31: with the answer's head there
    @CsvSource({"http_status, 404", "sent_bytes, 0", "http_method, GET", "uri_path, /a"})
    void answerHas(String variable, String value) {
        Site site = Site.of(Site.rule("r", "", Site.response("X-Told", "{var_" + variable + "}")));
        assertThat(site.answer(Asked.get("/a", "Host: a"), 404)).containsExactly("X-Told: " + value);
    }

    @Test // REQ-31
    void everyVariableOfTheTableHasASource() {
        for (String name : RewriteVariable.serverVariables()) {
            assertThat(ServerVariables.of(name)).as(name).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_certificate_colour", "hosts"})
    void whatIsNoneIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerVariables.of(name))
                .withMessageContaining(name);
    }
}
