package dev.gatehouse.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedCertificateTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void certificateVerifiesWithItsOwnKeyAndHasTheFieldsBrowsersWant(KeyType type) throws Exception {
        X509Certificate certificate = Samples.made(type, "a.example").certificate();

        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage()[0]).isTrue();
        assertThat(certificate.getKeyUsage()[2]).isEqualTo(type == KeyType.RSA_2048);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(397));
    }

    @Test
    void namesThatNoCertificateCanCarryAreLeftOut() throws Exception {
        X509Certificate certificate = Samples.made(
                        KeyType.EC_P256,
                        "www.example.com",
                        "*.example.com",
                        "*",
                        "a*.example.com",
                        "www?.example.com",
                        "192.0.2.7")
                .certificate();

        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (String) name.get(1))
                .containsExactly(
                        "www.example.com", "*.example.com", "192.0.2.7", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2049-06-01T00:00:00Z", "2051-06-01T00:00:00Z"})
    void yearsOnBothSidesOf2050AreWritten(String now) throws Exception {
        X509Certificate certificate = SelfSignedCertificate.create(KeyType.EC_P256, List.of(), Instant.parse(now))
                .certificate();

        assertThat(certificate.getNotBefore().toInstant())
                .isEqualTo(Instant.parse(now).minus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @EnumSource
    void jsseClientThatTrustsItConnectsByNameAndByAddress(KeyType type) throws Exception {
        SelfSignedCertificate made = Samples.made(type, "*.shop.example");
        for (String name : List.of("www.shop.example", "localhost", "127.0.0.1")) {
            assertThat(handshake(made, name)).isEqualTo(made.certificate());
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensslReadsIt(KeyType type) throws Exception {
        SelfSignedCertificate made = Samples.made(type, "*.shop.example");
        Path pem = Files.writeString(
                directory.resolve("site.pem"),
                Samples.pem("CERTIFICATE", made.certificate().getEncoded()));

        assertThat(openssl("x509", "-in", pem.toString(), "-noout", "-text"))
                .contains("DNS:*.shop.example", "IP Address:127.0.0.1", "IP Address:0:0:0:0:0:0:0:1")
                .contains("TLS Web Server Authentication", "CA:FALSE");
        assertThat(openssl("verify", "-CAfile", pem.toString(), pem.toString())).contains("OK");
    }

    private static X509Certificate handshake(SelfSignedCertificate made, String name) throws Exception {
        OneKeyManager keys = new OneKeyManager(new ListenerKey.Ready(made.privateKey(), List.of(made.certificate())));

        SSLContext server = SSLContext.getInstance("TLS");
        server.init(new KeyManager[] {keys}, null, null);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listening =
                        (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback);
                Socket plain = new Socket(loopback, listening.getLocalPort());
                SSLSocket serverSide = (SSLSocket) listening.accept();
                SSLSocket client = (SSLSocket) trusting(made).getSocketFactory().createSocket(plain, name, 443, true)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            client.setSSLParameters(parameters);
            CompletableFuture<SSLSession> served = CompletableFuture.supplyAsync(serverSide::getSession);
            client.startHandshake();
            assertThat(served.get(10, TimeUnit.SECONDS).isValid()).isTrue();
            return (X509Certificate) client.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLContext trusting(SelfSignedCertificate made) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("made", made.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return abort("openssl is not installed: " + e.getMessage());
        }
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
