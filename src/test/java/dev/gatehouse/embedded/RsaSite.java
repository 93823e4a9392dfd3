package dev.gatehouse.embedded;

import dev.gatehouse.tls.SelfSignedCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A certificate with an RSA key, as files. */
final class RsaSite {
    private RsaSite() {}

    /** Writes {@code site.pem} and {@code site.key}. */
    static void write(Path directory) throws Exception {
        SelfSignedCertificate made =
                SelfSignedCertificate.create(KeyType.RSA_2048, List.of("own.example", "other.example"), Instant.now());
        Files.writeString(
                directory.resolve("site.pem"),
                pem("CERTIFICATE", made.certificate().getEncoded()));
        Files.writeString(
                directory.resolve("site.key"),
                pem("PRIVATE KEY", made.privateKey().getEncoded()));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }
}
