package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS-1, TLS-2, TLS-5, CFG-21: where the key of a listener comes from, and what is said when it cannot be had. */
class ListenerKeysTest {
    private static final String SECRET = "https://kv.vault.azure.net/secrets/Site";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void pfxDataOfTheGatewayFileIsRead(KeyType type) throws Exception {
        SelfSignedCertificate made = Samples.made(type, "a.example");
        SslCertificate certificate = new SslCertificate("site", base64(Samples.pfx(made, "pw1")), "pw1", null);

        assertThat(leaf(find(certificate, Map.of()))).isEqualTo(made.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space, \"quotes\" & $ign"})
    void passwordMayBeAnything(String password) throws Exception {
        SelfSignedCertificate made = Samples.made(KeyType.EC_P256);
        SslCertificate certificate = new SslCertificate(
                "site", base64(Samples.pfx(made, password)), password.isEmpty() ? null : password, null);

        assertThat(leaf(find(certificate, Map.of()))).isEqualTo(made.certificate());
    }

    @Test
    void wrongPasswordIsAnErrorThatNamesObjectAndCause() throws Exception {
        String data = base64(Samples.pfx(Samples.made(KeyType.EC_P256), "right"));

        assertThatThrownBy(() -> find(new SslCertificate("site", data, "wrong", null), Map.of()))
                .isInstanceOf(TlsConfigurationException.class)
                .hasMessageContaining("sslCertificates/site.data")
                .hasMessageContaining("password does not open")
                .hasMessageContaining("certificates[\"site\"]");
        assertThatThrownBy(() -> find(new SslCertificate("site", data, null, null), Map.of()))
                .hasMessageContaining("needs a password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "AAAA", "bm90IGEgcGZ4"})
    void dataThatIsNoPfxIsAnError(String data) {
        assertThatThrownBy(() -> find(new SslCertificate("site", data, "pw", null), Map.of()))
                .isInstanceOf(TlsConfigurationException.class)
                .hasMessageContaining("sslCertificates/site.data");
    }

    @Test
    void dataWithoutAKeyLeavesTheListenerShut() throws Exception {
        SelfSignedCertificate made = Samples.made(KeyType.EC_P256);
        String store = base64(Samples.pfxWithoutKey(made, "pw1"));
        String alone = base64(made.certificate().getEncoded());

        assertThat(find(new SslCertificate("site", store, "pw1", null), Map.of()))
                .isInstanceOf(ListenerKey.Missing.class);
        assertThat(find(new SslCertificate("site", alone, null, null), Map.of()))
                .isInstanceOf(ListenerKey.Missing.class);
    }

    @Test
    void exportWithoutAnyKeyLeavesTheListenerShutAndSaysWhatToDo() throws Exception {
        ListenerKey key = find(new SslCertificate("site", null, null, null), Map.of());

        assertThat(((ListenerKey.Missing) key).reason()).contains("sslCertificates/site", "certificates[\"site\"]");
    }

    @Test
    void localPfxIsFoundByNameOrByKeyVaultAddressInAnyCase() throws Exception {
        SelfSignedCertificate made = Samples.made(KeyType.RSA_2048);
        Path file = Files.write(directory.resolve("site.pfx"), Samples.pfx(made, "fromEnv"));
        CertificateSource source = new CertificateSource.Pfx(file, "SITE_PASSWORD", null);
        SslCertificate certificate = new SslCertificate("Site", null, null, SECRET);

        assertThat(leaf(find(certificate, Map.of("site", source)))).isEqualTo(made.certificate());
        assertThat(leaf(find(certificate, Map.of(SECRET.toLowerCase(Locale.ROOT), source))))
                .isEqualTo(made.certificate());
    }

    @ParameterizedTest
    @EnumSource
    void localKeyStoreOfJavaIsReadLikeAPfx(KeyType type) throws Exception {
        SelfSignedCertificate made = Samples.made(type);
        Path file = Files.write(directory.resolve("site.jks"), Samples.jks(made, "pw 3"));
        Path password = Files.writeString(directory.resolve("password"), "pw 3");
        Path wrong = Files.writeString(directory.resolve("wrong"), "pw 4");
        SslCertificate certificate = new SslCertificate("site", null, null, null);

        assertThat(leaf(find(certificate, Map.of("site", new CertificateSource.Pfx(file, null, password)))))
                .isEqualTo(made.certificate());
        assertThatThrownBy(() -> find(certificate, Map.of("site", new CertificateSource.Pfx(file, null, wrong))))
                .hasMessageContaining("password does not open");
    }

    @ParameterizedTest // CFG-21
    @ValueSource(booleans = {true, false})
    void onePemFileMayHoldBoth(boolean keyFirst) throws Exception {
        SelfSignedCertificate made = Samples.made(KeyType.EC_P256);
        String certificate = Samples.pem("CERTIFICATE", made.certificate().getEncoded());
        String key = Samples.pem("PRIVATE KEY", made.privateKey().getEncoded());
        Path file = Files.writeString(
                directory.resolve("both.pem"), "\uFEFF" + (keyFirst ? key + certificate : certificate + key));

        assertThat(leaf(find(
                        new SslCertificate("site", null, null, null),
                        Map.of("site", new CertificateSource.Pem(file, file)))))
                .isEqualTo(made.certificate());
    }

    @ParameterizedTest
    @CsvSource({
        "ENCRYPTED PRIVATE KEY, the key is encrypted",
        "RSA PRIVATE KEY, openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW",
    })
    void otherFormsOfKeysAreNamed(String kind, String words) throws Exception {
        SelfSignedCertificate made = Samples.made(KeyType.EC_P256);
        Path file = Files.writeString(
                directory.resolve("site.pem"),
                Samples.pem("CERTIFICATE", made.certificate().getEncoded()));
        Path key = Files.writeString(directory.resolve("site.key"), Samples.pem(kind, new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> find(
                        new SslCertificate("site", null, null, null),
                        Map.of("site", new CertificateSource.Pem(file, key))))
                .hasMessageContaining(words);
    }

    @Test
    void passwordFileCountsWithoutItsLineEnd() throws Exception {
        SelfSignedCertificate made = Samples.made(KeyType.EC_P256);
        Path file = Files.write(directory.resolve("site.pfx"), Samples.pfx(made, "pw 2"));
        Path password = Files.writeString(directory.resolve("password"), "pw 2\n");

        assertThat(leaf(find(
                        new SslCertificate("site", null, null, null),
                        Map.of("site", new CertificateSource.Pfx(file, null, password)))))
                .isEqualTo(made.certificate());
    }

    @Test
    void localEntryByNameGoesBeforeData() throws Exception {
        SelfSignedCertificate inFile = Samples.made(KeyType.EC_P256);
        SelfSignedCertificate inLocal = Samples.made(KeyType.EC_P256);
        Path pfx = Files.write(directory.resolve("site.pfx"), Samples.pfx(inLocal, ""));
        SslCertificate certificate = new SslCertificate("site", base64(Samples.pfx(inFile, "")), null, null);
        CertificateSource source = new CertificateSource.Pfx(pfx, null, null);

        assertThat(leaf(find(certificate, Map.of("site", source)))).isEqualTo(inLocal.certificate());
        assertThat(leaf(find(certificate, Map.of("*", source)))).isEqualTo(inFile.certificate());
    }

    @ParameterizedTest
    @EnumSource
    void pemPairIsRead(KeyType type) throws Exception {
        SelfSignedCertificate made = Samples.made(type);

        assertThat(leaf(find(new SslCertificate("site", null, null, null), Map.of("*", pemOf(made, made)))))
                .isEqualTo(made.certificate());
    }

    @Test
    void pemPairThatDoesNotBelongTogetherIsAnError() throws Exception {
        CertificateSource mixed = pemOf(Samples.made(KeyType.EC_P256), Samples.made(KeyType.EC_P256));

        assertThatThrownBy(() -> find(new SslCertificate("site", null, null, null), Map.of("*", mixed)))
                .isInstanceOf(TlsConfigurationException.class)
                .hasMessageContaining("certificates[\"*\"]")
                .hasMessageContaining("not the one of the first certificate");
    }

    @Test
    void missingFileOrVariableIsNamed() throws Exception {
        SslCertificate certificate = new SslCertificate("site", null, null, null);
        Path absent = directory.resolve("absent.pfx");
        Path there = Files.createFile(directory.resolve("there.pfx"));

        assertThatThrownBy(() -> find(certificate, Map.of("site", new CertificateSource.Pfx(absent, null, null))))
                .hasMessageContaining("there is no file " + absent);
        assertThatThrownBy(() -> find(certificate, Map.of("site", new CertificateSource.Pfx(there, "UNSET", null))))
                .hasMessageContaining("UNSET is not set");
        assertThatThrownBy(() -> find(certificate, Map.of("site", new CertificateSource.Pem(absent, null))))
                .hasMessageContaining("no private key");
    }

    @Test
    void selfSignedEntryMakesACertificateForTheListenersNames() throws Exception {
        ListenerKey key = new ListenerKeys(Samples.local(Map.of("*", new CertificateSource.SelfSigned())))
                .find(Samples.listener("l", new SslCertificate("site", null, null, null), "www.example.com"));

        assertThat(CertificateNames.of(leaf(key))).contains("www.example.com", "localhost");
    }

    private CertificateSource pemOf(SelfSignedCertificate keyOf, SelfSignedCertificate chainOf) throws Exception {
        Path key = Files.writeString(
                directory.resolve("site.key"),
                Samples.pem("PRIVATE KEY", keyOf.privateKey().getEncoded()));
        Path chain = Files.writeString(
                directory.resolve("site.pem"),
                Samples.pem("CERTIFICATE", chainOf.certificate().getEncoded()));
        return new CertificateSource.Pem(chain, key);
    }

    private static ListenerKey find(SslCertificate certificate, Map<String, CertificateSource> local)
            throws TlsConfigurationException {
        return new ListenerKeys(
                        Samples.local(local),
                        name -> name.equals("SITE_PASSWORD") ? "fromEnv" : null,
                        Clock.systemUTC())
                .find(Samples.listener("l", certificate));
    }

    private static X509Certificate leaf(ListenerKey key) {
        return ((ListenerKey.Ready) key).chain().get(0);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
