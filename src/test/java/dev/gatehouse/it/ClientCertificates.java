package dev.gatehouse.it;

import dev.gatehouse.testkit.TestCa;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Who issues the certificates of the tests' clients; the same for the gateway and for the container around it. */
final class ClientCertificates {
    static final TestCa ROOT = TestCa.root("Clients of the tests");
    static final TestCa CLIENT = new TestCa.Draft("CN=known client").by(ROOT);
    static final TestCa STRANGER = new TestCa.Draft("CN=stranger").by(TestCa.root("Nobody's root"));
    private static final char[] PASSWORD = "changeit".toCharArray();

    private ClientCertificates() {}

    /** Writes what a container trusts clients by. */
    static void writeStore(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("clients", ROOT.certificate());
            store.store(out, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
