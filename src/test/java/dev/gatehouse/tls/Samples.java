package dev.gatehouse.tls;

import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Key material and listeners for the tests of this room. */
final class Samples {
    private Samples() {}

    static SelfSignedCertificate made(KeyType type, String... hostNames) throws Exception {
        return SelfSignedCertificate.create(type, List.of(hostNames), Instant.now());
    }

    static byte[] pfx(SelfSignedCertificate made, String password) throws Exception {
        return store("PKCS12", made, password);
    }

    static byte[] jks(SelfSignedCertificate made, String password) throws Exception {
        return store("JKS", made, password);
    }

    private static byte[] store(String type, SelfSignedCertificate made, String password) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setKeyEntry("any", made.privateKey(), password.toCharArray(), new Certificate[] {made.certificate()});
        return bytes(store, password);
    }

    static byte[] pfxWithoutKey(SelfSignedCertificate made, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("any", made.certificate());
        return bytes(store, password);
    }

    static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    static HttpListener listener(String name, SslCertificate certificate, String... hostNames) {
        return new HttpListener(
                name,
                new FrontendIpConfiguration("front", null),
                new FrontendPort("port443", 443),
                Protocol.HTTPS,
                List.of(hostNames),
                certificate,
                false);
    }

    static LocalSettings local(Map<String, CertificateSource> certificates) {
        LocalSettings empty = LocalSettings.DEFAULT;
        return new LocalSettings(
                empty.listen(),
                empty.pools(),
                empty.addresses(),
                certificates,
                empty.trust(),
                empty.webSocket(),
                empty.accessLog(),
                empty.admin(),
                empty.reload());
    }

    private static byte[] bytes(KeyStore store, String password) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password.toCharArray());
        return out.toByteArray();
    }
}
