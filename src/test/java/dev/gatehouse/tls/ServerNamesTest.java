package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.testkit.TestCa;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS-42: names that are sent to backends. JSSE's own servers refuse those with an underscore, so that none is asked. */
class ServerNamesTest {
    private static final X509Certificate SITE = new TestCa.Draft("CN=x")
            .names("my_app.test", "*.below.test")
            .by(TestCa.root("Root"))
            .certificate();

    private static final BackendHttpSettings SETTINGS = new BackendHttpSettings(
            "s",
            443,
            Protocol.HTTPS,
            Duration.ofSeconds(5),
            null,
            HostOverride.NONE,
            null,
            new CookieAffinity(false, "affinity"),
            new ConnectionDraining(false, Duration.ofSeconds(1)),
            BackendTlsRules.DEFAULT,
            false);

    @ParameterizedTest
    @CsvSource({
        "my_app.test, my_app.test, my_app.test",
        "my_app.test., my_app.test, my_app.test",
        "shop.example, shop.example, shop.example",
        "127.0.0.1, '', 127.0.0.1",
        "::1, '', ::1",
    })
    void helloHasTheNameAndNoAddress(String host, String sent, String text) throws Exception {
        Optional<String> name = BackendTls.sendable(host);
        assertThat(name.orElse("")).isEqualTo(sent);
        SSLEngine engine = new BackendTls(SETTINGS, LocalSettings.DEFAULT).engine(name, 443);
        ByteBuffer hello = ByteBuffer.allocate(32 * 1024);
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), hello);
        String bytes = new String(hello.array(), 0, hello.position(), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(text)).isEqualTo(!sent.isEmpty());
    }

    @Test
    void certificateIsComparedWithANameThatTheJdkDoesNotCompare() {
        assertThatCode(() -> ServerNames.checkUnusual(SITE, ServerNames.of("MY_app.test")))
                .doesNotThrowAnyException();
        assertThatCode(() -> ServerNames.checkUnusual(SITE, ServerNames.of("a_b.below.test")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ServerNames.checkUnusual(SITE, ServerNames.of("other_app.test")))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("other_app.test");
        assertThatThrownBy(() -> ServerNames.checkUnusual(SITE, ServerNames.of("a.b_c.below.test")))
                .isInstanceOf(CertificateException.class);
    }
}
